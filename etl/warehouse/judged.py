"""Tables of what is concluded: verdicts, ranges, comparisons, and how well the judging itself was found to do."""

from sqlalchemy import Boolean, Column, Double, Integer, String, Table

from etl.warehouse.schema import numbers, tables, texts

verdict = Table(
    "verdict",
    tables,
    Column("measure_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("state", String, nullable=False),
    Column("since", String),
    Column("window_first", String),
    Column("window_last", String),
    Column("observed", Double),
    Column("expected", Double),
    Column("expected_lower", Double),
    Column("expected_upper", Double),
    Column("ratio", Double),
    Column("ratio_lower", Double),
    Column("ratio_upper", Double),
    Column("p_value", Double),
    Column("q_value", Double),
    Column("visible_change", Double),
    Column("rule", String, nullable=False),
    Column("reason", String, nullable=False, comment="codes with their numbers, as JSON; etl/core/reason_words makes sentences"),
    Column("would_change", String, nullable=False, comment="the same: what would change it, or what is awaited"),
    Column("caveat", String, comment="the same: what must be said beside it, a change that most boroughs made in one month"),
    Column("move", String, comment="a count beside its expectation, in the words of etl/core/grade; none for other figures"),
    Column("grade", String, comment="how sure the move is to last, in words; none where it has not moved"),
    Column("probability", Double, comment="that it lasts"),
    Column("against_force", String, comment="with | more | less | against | above | below the rest of London; none without one"),
    Column("rests_on", String, comment="the month a move rests on alone; none where it does not"),
    comment="One per measure and area.",
)

long_run = Table(
    "long_run",
    tables,
    *texts("measure_id", "area_code"),
    Column("years", Integer, nullable=False, comment="looked back: 1, 2 or 5"),
    *numbers("before", "change", "change_lower", "change_upper"),
    Column("record", String, comment="highest | lowest; none where it is neither since two years before"),
    Column("record_since", Integer, comment="the year of the last that was as high or as low; none where no known one was"),
    Column("known_from", Integer, comment="the first year of the same months that is known"),
    comment="The months of a verdict on a count beside the same months of earlier years, with 95% limits of the change.",
)

step_proposed = Table(
    "step_proposed",
    tables,
    *texts("measure_id", "area_code", "month"),
    *numbers("size", "together"),
    Column("boroughs", Integer, nullable=False, comment="that could be asked which way they went"),
    comment="Steps many boroughs took in one month that nobody has decided on: crime, or its recording? Two years back.",
)

verdict_family = Table(
    "verdict_family",
    tables,
    Column("family", String, nullable=False, comment="boroughs | commands | London"),
    Column("tested", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("leaning", Integer, nullable=False, comment="may have moved, not proven"),
    Column("not_lasting", Double, nullable=False, comment="how many of the changed are expected not to last"),
    comment="The lists verdicts are looked at in together.",
)

change_ledger = Table(
    "change_ledger",
    tables,
    *texts("measure_id", "area_code"),
    Column("direction", String, nullable=False, comment="up | down | above the force | below the force"),
    Column("since", String, nullable=False, comment="the month it is seen from"),
    Column("first_seen", String, nullable=False, comment="newest month of the edition it entered with"),
    Column("entered_by", String, nullable=False, comment="new month | revision | method"),
    Column("status", String, nullable=False, comment="new | standing | fading | ended | withdrawn | lasting"),
    Column("status_since", String, nullable=False, comment="newest month of the edition it has stood so since"),
    Column("last_seen", String, nullable=False, comment="newest month it could be followed to"),
    *numbers("size", "size_now", "probability"),
    Column(
        "cause", String, nullable=False, comment="why it left: new month | revision | method | break row | no figure; or empty"
    ),
    Column(
        "detail",
        String,
        nullable=False,
        comment="of a revision the month that moved most and its two figures; of a break its words",
    ),
    Column("after_6", String, nullable=False, comment="how it stood six months after it entered; empty before"),
    Column("after_12", String, nullable=False, comment="how it stood twelve months after"),
    comment="Every change that entered the list of what moved, and what became of it; sizes are shares of the level before it.",
)

year_change = Table(
    "year_change",
    tables,
    *texts("measure_id", "area_code", "state", "window_first", "window_last", "baseline_asked"),
    Column("baseline_first", String, comment="first month compared with; none where nothing could be"),
    Column("baseline_last", String),
    *numbers("observed", "expected", "expected_lower", "expected_upper", "ratio", "ratio_lower", "ratio_upper"),
    *numbers("p_value", "q_value", "visible_change"),
    Column("reason", String, nullable=False, comment="as in verdict"),
    Column("move", String, comment="as in verdict, like the columns after it"),
    Column("grade", String),
    Column("probability", Double),
    Column("against_force", String),
    comment="Each financial year beside its expectation; 2015/16 beside what was expected when the targets of 2013 began.",
)

expected_month = Table(
    "expected_month",
    tables,
    Column("measure_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("period", String, nullable=False),
    Column("expected", Double, nullable=False),
    Column("lower", Double, nullable=False, comment="smallest whole number inside the 99% range"),
    Column("upper", Double, nullable=False),
    *numbers("lower80", "upper80", "lower95", "upper95"),
    Column("role", String, nullable=False, comment="earlier (as expected at the time) | window | provisional"),
    Column("signal", String, nullable=False, comment="that a month lies outside its range, in words; empty for none"),
    comment="What each month was expected to be by the expectation behind a verdict, and those of the two years before it.",
)

settling = Table(
    "settling",
    tables,
    *texts("measure_id", "kind", "basis"),
    Column("lag", Integer, nullable=False, comment="0 for the newest month of an edition, 1 for the one before it"),
    *numbers("typical", "most"),
    Column("pairs", Integer, nullable=False),
    comment="How far months have moved since they were first published, as shares. basis: measure | all measures.",
)

expected_range = Table(
    "expected_range",
    tables,
    *texts("measure_id", "area_code", "made_at", "period"),
    *numbers("lower95", "lower80", "median", "upper80", "upper95"),
    comment="What the months after `made_at` may bring: the expectation made at its end.",
)

expected_total = Table(
    "expected_total",
    tables,
    *texts("measure_id", "area_code", "made_at", "first", "last"),
    *numbers("lower95", "lower80", "median", "upper80", "upper95"),
    comment="What the months from `first` to `last` may come to: to the end of a financial year, as far as the ranges run.",
)

time_to_see = Table(
    "time_to_see",
    tables,
    *texts("measure_id", "area_code"),
    *numbers("change"),
    Column("months", Integer, comment="none where a year would not do"),
    comment="Months until a change of that size is seen four times in five: the first honest review.",
)

area_comparison = Table(
    "area_comparison",
    tables,
    *texts("measure_id", "area_code", "period"),
    *numbers("events", "population", "rate", "rate_lower", "rate_upper", "rest_rate", "ratio", "ratio_lower", "ratio_upper"),
    Column("side", String, nullable=False, comment="above | below | similar"),
    *numbers("z", "adjusted_z"),
    Column("funnel", String, nullable=False, comment="above 99.8% | above 95% | within | below 95% | below 99.8%"),
    *numbers("phi", "tau2"),
    comment="A borough's last 12 months against the rest of London, and on the funnel widened by how much boroughs differ.",
)

contribution = Table(
    "contribution",
    tables,
    *texts("measure_id", "area_code", "period"),
    *numbers("before", "now", "change", "change_lower", "change_upper", "london_change", "share"),
    comment="What a borough adds to London's change, 12 months against the 12 before.",
)

similarity = Table(
    "similarity",
    tables,
    *texts("area_code", "other_code"),
    *numbers("distance"),
    Column("place", Integer, nullable=False, comment="1 for the most similar"),
    comment="How alike boroughs are with the published weights; 0 is identical.",
)

calibration_made = Table(
    "calibration_made",
    tables,
    Column("data_to", String, nullable=False, comment="newest month of the windows that were judged"),
    Column("measures", Integer, nullable=False),
    Column("in_step", Boolean, nullable=False, comment="measured with the judging and the breaks of this release"),
    comment="What the calibration was made with.",
)

calibration_figure = Table(
    "calibration_figure",
    tables,
    Column("figure", String, nullable=False, comment="what was measured, in words"),
    Column("kind", String, nullable=False, comment="London | boroughs"),
    Column("group", String, nullable=False, comment="all, a size, a measure, a change, or a tenth"),
    Column("windows", Integer, nullable=False),
    Column("value", Double, comment="none where it could not be measured"),
    Column("target", String),
    Column("is_met", Boolean, comment="none where no target is set"),
    comment="How well the judging does on real windows it had not seen.",
)

operational_effect = Table(
    "operational_effect",
    tables,
    *texts("change_id", "measure_id"),
    Column("area_code", String, nullable=False, comment="a command, or a borough of it"),
    Column("outcome", String, nullable=False, comment="fewer | more | cannot tell | not compared"),
    Column("reason", String, nullable=False, comment="as in verdict"),
    Column("before_first", String, comment="none in this column and the next where nothing could be compared"),
    Column("before_last", String),
    Column("after_first", String),
    Column("after_last", String),
    Column("compared_with", String, nullable=False, comment="boroughs, parted by |"),
    Column("months", Integer, nullable=False, comment="months after"),
    *numbers("observed", "expected", "change", "change_lower", "change_upper"),
    *numbers("next_door", "together", "together_lower", "together_upper"),
    *numbers("start", "anyway", "anyway_lower", "anyway_upper", "moved"),
    *numbers("step", "step_lower", "step_upper"),
    comment="What followed each dated operational change, beside similar boroughs: its boroughs together, and each of them.",
)

year_by_itself = Table(
    "year_by_itself",
    tables,
    *texts("measure_id", "area_code"),
    *numbers("start", "change", "lower", "upper"),
    comment="Where a borough's share of all boroughs stands beside its two years before, and what that alone gives in a year.",
)

effect_spread = Table(
    "effect_spread",
    tables,
    Column("kind", String, nullable=False, comment="borough | bcu"),
    Column("measure_id", String, nullable=False, comment="empty for every measure together"),
    Column("compared", Integer, nullable=False, comment="boroughs compared with: 5 or 10"),
    Column("gap", Integer, nullable=False, comment="months between before and after"),
    Column("months", Integer, nullable=False),
    *numbers("chance", "apart", "factor"),
    Column("windows", Integer, nullable=False),
    comment="How far places part by themselves, measured on made-up dates: what the limits of an effect are made from.",
)

effect_placebo = Table(
    "effect_placebo",
    tables,
    *texts("figure", "kind"),
    Column("months", Integer, nullable=False, comment="0 for every length together"),
    Column("group", String, nullable=False, comment="all, or a measure"),
    Column("windows", Integer, nullable=False),
    Column("excluded", Double, comment="share of made-up dates whose limits leave out no change"),
    Column("target", String),
    Column("is_met", Boolean),
    comment="How often an effect would be found where nothing was done.",
)
