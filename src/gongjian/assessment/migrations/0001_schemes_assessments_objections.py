import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("month", "月度"), ("quarter", "季度"), ("year", "年度")], max_length=8, verbose_name="考核期"
                    ),
                ),
                ("first", models.DateField(verbose_name="期初")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("reason", models.TextField(blank=True, verbose_name="另出新版的理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "编制中"),
                            ("objecting", "征求意见"),
                            ("published", "已公布"),
                            ("superseded", "已被新版代替"),
                            ("dropped", "已作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="事实截至")),
                ("scheme", models.JSONField(default=dict, verbose_name="采用的办法")),
                ("facts_digest", models.CharField(blank=True, max_length=64, verbose_name="事实摘要")),
                ("drafted_at", models.DateTimeField(verbose_name="编制时间")),
                ("drafted_by", models.CharField(max_length=80, verbose_name="编制人")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="征求意见时间")),
                ("objections_until", models.DateField(null=True, verbose_name="异议期至")),
                ("published_at", models.DateTimeField(null=True, verbose_name="公布时间")),
                ("published_by", models.CharField(blank=True, max_length=80, verbose_name="公布人")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="assessment.assessment",
                        verbose_name="代替的版次",
                    ),
                ),
            ],
            options={
                "verbose_name": "考核",
                "verbose_name_plural": "考核",
                "ordering": ["-first", "kind", "-edition"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "first", "edition"), name="assessment_edition_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "objecting"])),
                        fields=("kind", "first"),
                        name="assessment_one_in_the_making",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")), fields=("kind", "first"), name="assessment_one_published"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["objecting", "published", "superseded"]), _negated=True),
                            models.Q(("objections_until__isnull", False), ("sent_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_sent_says_until_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["published", "superseded"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="assessment_published_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=60, verbose_name="办法名称")),
                ("basis", models.CharField(blank=True, max_length=120, verbose_name="依据文件")),
                ("active_from", models.DateField(verbose_name="启用日期")),
                (
                    "active_to",
                    models.DateField(
                        blank=True, help_text="自这一天起的考核期不再适用；留空为一直有效。", null=True, verbose_name="停用日期"
                    ),
                ),
                (
                    "helping",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="一项协办相当于几成牵头；0 为不计。",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="协办折算（%）",
                    ),
                ),
                (
                    "least_rows",
                    models.PositiveSmallIntegerField(
                        default=5, help_text="有据可评的事项少于此数的，列出得分但不排名。", verbose_name="最少样本"
                    ),
                ),
                (
                    "objection_days",
                    models.PositiveSmallIntegerField(
                        default=5, validators=[django.core.validators.MinValueValidator(1)], verbose_name="异议期（工作日）"
                    ),
                ),
                (
                    "praise_from",
                    models.PositiveSmallIntegerField(
                        default=95, validators=[django.core.validators.MaxValueValidator(100)], verbose_name="表扬线（分）"
                    ),
                ),
                (
                    "blame_below",
                    models.PositiveSmallIntegerField(
                        default=80, validators=[django.core.validators.MaxValueValidator(100)], verbose_name="批评线（分）"
                    ),
                ),
            ],
            options={
                "verbose_name": "考核办法",
                "verbose_name_plural": "考核办法",
                "ordering": ["-active_from", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("active_to", None), ("active_to__gte", models.F("active_from")), _connector="OR"),
                        name="scheme_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("blame_below__lte", models.F("praise_from")), ("helping__lte", 100), ("praise_from__lte", 100)),
                        name="scheme_shares_are_shares",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.SlugField(max_length=40, verbose_name="考核项")),
                ("row", models.CharField(blank=True, max_length=40, verbose_name="事项")),
                ("title", models.CharField(max_length=200, verbose_name="所指事项")),
                ("reason", models.TextField(verbose_name="异议理由")),
                ("at", models.DateTimeField(verbose_name="提出时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="提出")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待答复"),
                            ("proposed", "拟更正，待复核"),
                            ("accepted", "已采纳并更正"),
                            ("rejected", "不予采纳"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("answered_label", models.CharField(blank=True, max_length=80, verbose_name="答复人")),
                ("share", models.PositiveSmallIntegerField(null=True, verbose_name="更正后计（%）")),
                ("leaves_out", models.BooleanField(default=False, verbose_name="不计入")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="复核时间")),
                ("approved_label", models.CharField(blank=True, max_length=80, verbose_name="复核人")),
                ("before", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="更正前")),
                ("after", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="更正后")),
                ("token", models.CharField(max_length=40, null=True, unique=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="assessment.assessment"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department", verbose_name="部门"
                    ),
                ),
            ],
            options={
                "verbose_name": "异议",
                "verbose_name_plural": "异议",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["assessment", "state"], name="objection_waiting")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["open", "proposed", "accepted"])),
                        fields=("assessment", "department", "item", "row"),
                        name="objection_one_standing_a_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["proposed", "accepted"]), _negated=True),
                            models.Q(("leaves_out", False), ("share__isnull", False)),
                            models.Q(("leaves_out", True), ("share", None)),
                            _connector="OR",
                        ),
                        name="objection_correction_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share", None), ("share__lte", 100), _connector="OR"), name="objection_share_is_a_share"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=30, verbose_name="组名")),
                ("kinds", models.JSONField(default=list, help_text='部门类别代码的列表，如 ["street", "town"]。', verbose_name="部门类别")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
                ("scheme", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="assessment.scheme")),
            ],
            options={
                "verbose_name": "可比组",
                "verbose_name_plural": "可比组",
                "ordering": ["order", "id"],
                "constraints": [models.UniqueConstraint(fields=("scheme", "title"), name="schemegroup_named_once")],
            },
        ),
        migrations.CreateModel(
            name="SchemeItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=40, verbose_name="考核项")),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        help_text="各项合计不必是100，按比例折成百分制。",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="权重",
                    ),
                ),
                (
                    "partly",
                    models.PositiveSmallIntegerField(
                        default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name="部分做到计（%）"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
                ("scheme", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="items", to="assessment.scheme")),
            ],
            options={
                "verbose_name": "考核项",
                "verbose_name_plural": "考核项",
                "ordering": ["order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "kind"), name="schemeitem_weighed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("partly__lte", 100), ("weight__gte", 1)), name="schemeitem_weighs_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(max_length=30, verbose_name="可比组")),
                ("facts", models.JSONField(default=dict, verbose_name="事实")),
                ("items", models.JSONField(default=list, verbose_name="各项得分")),
                ("total", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="得分")),
                ("sample", models.PositiveIntegerField(default=0, verbose_name="样本数")),
                ("standing", models.CharField(default="nothing", max_length=8, verbose_name="排名情况")),
                ("rank", models.PositiveSmallIntegerField(null=True, verbose_name="名次")),
                ("tied", models.PositiveSmallIntegerField(default=0, verbose_name="并列数")),
                ("among", models.PositiveSmallIntegerField(default=0, verbose_name="参加排名数")),
                (
                    "assessment",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="assessment.assessment"),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department", verbose_name="部门"
                    ),
                ),
            ],
            options={
                "verbose_name": "部门得分",
                "verbose_name_plural": "部门得分",
                "ordering": [models.OrderBy(models.F("rank"), nulls_last=True), "-total", "department__order", "id"],
                "constraints": [models.UniqueConstraint(fields=("assessment", "department"), name="score_one_a_department")],
            },
        ),
    ]
