"""What every Plotly figure of the site has in common, to the pixel and the colour of the drawn charts."""

from typing import Any

FONT = (
    '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial, sans-serif'
)

LAYOUT: dict[str, Any] = {
    "font": {"family": FONT, "size": 14, "color": "#16202a"},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": {"l": 48, "r": 80, "t": 24, "b": 30, "pad": 0},
    "autosize": True,
    "showlegend": False,
    "dragmode": False,
    "hovermode": "x",
    "hoverlabel": {
        "bgcolor": "#ffffff",
        "bordercolor": "#16202a",
        "font": {"family": FONT, "size": 14, "color": "#16202a"},
        "align": "left",
        "namelength": -1,
    },
    "colorway": ["#12436d", "#801650", "#3d3d3d", "#77828d"],
    "separators": ".,",
    "title": {"text": ""},
    "modebar": {"remove": ["zoom", "pan", "select", "lasso", "zoomin", "zoomout", "autoscale", "resetscale", "toimage"]},
    "xaxis": {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": "#6a7681",
        "linewidth": 1,
        "ticks": "outside",
        "ticklen": 6,
        "tickwidth": 1,
        "tickcolor": "#6a7681",
        "tickfont": {"family": FONT, "size": 14, "color": "#45525e"},
        "dtick": "M12",
        "tick0": "2000-01-01",
        "tickformat": "%Y",
        "ticklabelmode": "period",
        "title": {"text": ""},
        "automargin": False,
        "hoverformat": "%B %Y",
        "showspikes": False,
    },
    "yaxis": {
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": "#6a7681",
        "gridwidth": 0.8,
        "griddash": "1px,4px",
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"family": FONT, "size": 14, "color": "#45525e"},
        "tickformat": ",",
        "nticks": 5,
        "title": {"text": ""},
        "automargin": True,
        "separatethousands": True,
        "ticklabelstandoff": 6,
    },
}

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}

TRACE: dict[str, Any] = {
    "raw": {
        "type": "scatter",
        "mode": "lines+markers",
        "line": {"color": "#16202a", "width": 1.5, "shape": "linear"},
        "marker": {"color": "#16202a", "size": 4.2},
        "connectgaps": False,
        "cliponaxis": False,
    },
    "subject": {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": "#12436d", "width": 2.25, "shape": "linear"},
        "connectgaps": False,
        "cliponaxis": False,
    },
    "other": {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": "#77828d", "width": 1.25},
        "connectgaps": False,
        "hoverinfo": "skip",
    },
    "comparator": {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": "#16202a", "width": 1.75, "dash": "1.5px,3px"},
        "connectgaps": False,
    },
    "band_lower": {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": "#5f86ab", "width": 1},
        "hoverinfo": "skip",
        "connectgaps": False,
    },
    "band_upper": {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": "#5f86ab", "width": 1},
        "fill": "tonexty",
        "fillcolor": "#dce8f2",
        "hoverinfo": "skip",
        "connectgaps": False,
    },
    "band_upper_baseline": {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": "#5f86ab", "width": 1},
        "fill": "tonexty",
        "fillcolor": "#edf3f8",
        "hoverinfo": "skip",
        "connectgaps": False,
    },
    "centre": {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": "#5f86ab", "width": 1.25, "dash": "5px,3px"},
        "hoverinfo": "skip",
    },
    "better": {"type": "scatter", "mode": "markers", "marker": {"symbol": "circle", "size": 10, "color": "#12436d"}},
    "worse": {
        "type": "scatter",
        "mode": "markers",
        "marker": {"symbol": "diamond", "size": 12, "color": "#f46a25", "line": {"color": "#16202a", "width": 1.5}},
    },
    "changed": {"type": "scatter", "mode": "markers", "marker": {"symbol": "hexagon2", "size": 11, "color": "#3d3d3d"}},
    "provisional": {
        "type": "scatter",
        "mode": "markers",
        "marker": {"symbol": "circle", "size": 8.5, "color": "#ffffff", "line": {"color": "#16202a", "width": 1.5}},
    },
    "break": {"type": "scatter", "mode": "markers", "marker": {"symbol": "square", "size": 9, "color": "#801650"}},
    "bar": {"type": "bar", "marker": {"color": "#12436d", "line": {"width": 0}}, "cliponaxis": False},
    "bar_against": {"type": "bar", "marker": {"color": "#ffffff", "line": {"color": "#12436d", "width": 1.5}}},
}

SHAPE: dict[str, Any] = {
    "break": {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1.02,
        "line": {"color": "#801650", "width": 1.5, "dash": "4px,3px"},
        "layer": "above",
    },
    "shade": {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "fillcolor": "#eceff2", "line": {"width": 0}, "layer": "below"},
    "leader": {"type": "line", "yref": "paper", "y0": 0, "y1": 1.04, "line": {"color": "#6a7681", "width": 0.9}},
}

ANNOTATION: dict[str, Any] = {
    "label": {
        "showarrow": False,
        "font": {"family": FONT, "size": 14, "color": "#16202a"},
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
    },
    "quiet": {"showarrow": False, "font": {"family": FONT, "size": 13, "color": "#45525e"}, "xanchor": "left"},
    "break": {
        "showarrow": False,
        "font": {"family": FONT, "size": 14, "color": "#801650"},
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 6,
        "align": "left",
        "bgcolor": "rgba(255,255,255,0.85)",
    },
}

HEIGHT: dict[str, int] = {"card": 150, "half": 250, "full": 400, "tall_row": 30, "presentation": 520}
