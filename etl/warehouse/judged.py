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
    comment="One per measure and area.",
)

verdict_family = Table(
    "verdict_family",
    tables,
    Column("family", String, nullable=False, comment="boroughs | commands | London"),
    Column("tested", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("by_chance", Double, nullable=False, comment="how many of the changed chance would be expected to add"),
    Column("newest_by_chance", Double, nullable=False, comment="how many newest months would lie outside their range by chance"),
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
    comment="Each financial year against up to 24 months before; and 2015/16 against the two years before the targets of 2013.",
)

expected_month = Table(
    "expected_month",
    tables,
    Column("measure_id", String, nullable=False),
    Column("area_code", String, nullable=False),
    Column("period", String, nullable=False),
    Column("expected", Double, nullable=False),
    Column("lower", Double, nullable=False),
    Column("upper", Double, nullable=False),
    Column("role", String, nullable=False, comment="segment (before the baseline) | baseline | window | provisional"),
    Column("signal", String, nullable=False, comment="the rule a month breaks, in words; empty for none"),
    comment="The range of single months behind each verdict on a count, for the time of year.",
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
    Column("shown", Boolean, nullable=False, comment="false where last year's same month has foretold held-back months better"),
    comment="What the months after `made_at` may bring, from the area's own history.",
)

expected_total = Table(
    "expected_total",
    tables,
    *texts("measure_id", "area_code", "made_at", "first", "last"),
    *numbers("lower95", "lower80", "median", "upper80", "upper95"),
    Column("shown", Boolean, nullable=False, comment="as in expected_range"),
    comment="What the months from `first` to `last` may come to: to the end of a financial year, as far as the ranges run.",
)

time_to_see = Table(
    "time_to_see",
    tables,
    *texts("measure_id", "area_code"),
    *numbers("change"),
    Column("months", Integer, comment="none where three years would not do"),
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
    Column("data_to", String, nullable=False, comment="newest month the simulated series were fitted to"),
    Column("effort", String, nullable=False, comment="full | quick"),
    Column("in_step", Boolean, nullable=False, comment="measured with the judging and the breaks of this release"),
    comment="What the tables of calibration were made with.",
)

calibration_false_alarm = Table(
    "calibration_false_alarm",
    tables,
    *texts("method", "measure_id", "kind", "band"),
    Column("series", Integer, nullable=False),
    *numbers("mean", "rate", "promise"),
    comment="How often each way of judging cries wolf on simulated series in which nothing changed.",
)

calibration_power = Table(
    "calibration_power",
    tables,
    *texts("measure_id", "kind", "band"),
    Column("months", Integer, nullable=False),
    Column("series", Integer, nullable=False),
    *numbers("mean", "change", "found"),
    comment="How often a real change is seen after so many months.",
)

calibration_backtest = Table(
    "calibration_backtest",
    tables,
    *texts("as_of", "kind", "state"),
    Column("verdicts", Integer, nullable=False),
    *numbers("survived_revision", "later_known", "lasted", "turned"),
    comment="Verdicts as of past dates, and what became of them.",
)

calibration_range_score = Table(
    "calibration_range_score",
    tables,
    *texts("measure_id", "kind", "model"),
    Column("months", Integer, nullable=False),
    *numbers("coverage80", "coverage95", "score80", "score95"),
    Column("shown", Boolean, nullable=False),
    comment="Expected ranges on months held back: coverage and interval score, lower is better.",
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
