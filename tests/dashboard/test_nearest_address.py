"""Addresses people write by hand lead to the page they meant, and only there."""

import pytest

from dashboard.site.nearest_address import nearest_address


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("/borough/lewisham", "/borough/E09000023"),
        ("/borough/Lewisham", "/borough/E09000023"),
        ("/borough/e09000023", "/borough/E09000023"),
        ("/boroughs/kensington-and-chelsea", "/borough/E09000020"),
        ("/borough/Kensington%20%26%20Chelsea", "/borough/E09000020"),
        ("/borough/Royal%20Borough%20of%20Greenwich", "/borough/E09000011"),
        ("/borough/richmond_upon_thames", "/borough/E09000027"),
        ("/borough/city-of-london", "/borough/E09000001"),
        ("/bcu/CE", "/borough/BCU-CE"),
        ("/borough/central-west", "/borough/BCU-AW"),
        ("/borough/E12000007", "/london"),
        ("/borough/E23000001", "/london"),
        ("/borough/e61000001", "/london"),
        ("/E23000001", "/london"),
        ("/measure/rape?area=E23000001", "/measure/rape?area=E12000007"),
        ("/measure/rape?area=e23000001&show=rate", "/measure/rape?area=E12000007&show=rate"),
        ("/measure/open_crown_cases?area=E61000001", "/measure/open_crown_cases?area=E12000007"),
        ("/mopac-7?area=E23000001", "/mopac-7?area=E12000007"),
        ("/download/measure/rape?area=E23000001", "/download/measure/rape?area=E12000007"),
        ("/lewisham", "/borough/E09000023"),
        ("/borough", "/boroughs"),
        ("/measures", "/measure"),
        ("/measure/residential-burglary", "/measure/burglary_residential"),
        ("/measure/Burglary_Residential", "/measure/burglary_residential"),
        ("/London", "/london"),
        ("/home", "/"),
        ("/mopac7", "/mopac-7"),
        ("/MOPAC_7?area=bromley", "/mopac-7?area=E09000006"),
        ("/priorities/evidence/westminster", "/priorities/evidence/E09000033"),
        ("/priorities/evidence/Kingston%20upon%20Thames", "/priorities/evidence/E09000021"),
        ("/download/priorities/evidence/westminster", "/download/priorities/evidence/E09000033"),
        ("/borough/lewisham?show=count", "/borough/E09000023?show=count"),
        ("/measure/rape?area=lewisham&show=rate", "/measure/rape?area=E09000023&show=rate"),
        ("/download/borough/lewisham", "/download/borough/E09000023"),
    ],
)
def test_mistyped_address_with_a_known_name_leads_to_its_page(get, typed, page):
    answer = get(typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert get(page).status_code == 200


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("/borough/heathrow", 404),
        ("/borough/E09000099", 404),
        ("/borough/unknown", 404),
        ("/measure/trust-no-one", 404),
        ("/download", 404),
        ("/download/home", 404),
        ("/download/measures", 404),
        ("/borough/lewisham/more", 404),
        ("/priorities/evidence/city-of-london", 404),
        ("/priorities/evidence/nowhere", 404),
        ("/priorities/lewisham", 404),
        ("/measure/rape?area=E09000099", 400),
        ("/measure/rape?area=lewishan", 400),
    ],
)
def test_address_that_names_no_page_gets_no_redirect(get, typed, status):
    assert get(typed).status_code == status


@pytest.mark.parametrize("path", ["//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example"])
def test_no_redirect_leaves_the_site(app, path):
    assert nearest_address(path, "area=lewisham", ["/london"], is_page=False) is None


def test_files_that_browsers_request_on_their_own_exist(get):
    robots = get("/robots.txt")
    assert (robots.status_code, robots.mimetype) == (200, "text/plain")
    assert "Disallow: /\n" not in robots.get_data(as_text=True)
    icon = get(get("/favicon.ico").headers["Location"])
    assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")


def test_unknown_area_code_gets_no_redirect(get):
    answer = get("/confidence?area=London")
    assert answer.status_code == 400
    assert "Part of this address was not understood" in answer.get_data(as_text=True)
