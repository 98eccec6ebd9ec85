import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_cases"),
        ("people", "__first__"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LadderRung",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("active_from", models.DateField(verbose_name="启用日期")),
                (
                    "active_to",
                    models.DateField(blank=True, help_text="自这一天起不再适用；留空为一直有效。", null=True, verbose_name="停用日期"),
                ),
                (
                    "wait",
                    models.CharField(
                        choices=[("unsigned", "未签收"), ("overdue", "逾期未答复"), ("unreviewed", "答复后未审结")],
                        max_length=10,
                        verbose_name="等待的环节",
                    ),
                ),
                ("after", models.PositiveSmallIntegerField(verbose_name="满多少个工作日")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "系统管理员"),
                            ("coordinator", "统筹办"),
                            ("officer", "部门经办人"),
                            ("head", "部门负责人"),
                            ("inspector", "执法检查员"),
                            ("leader", "领导"),
                        ],
                        max_length=16,
                        verbose_name="告知",
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True, choices=[("blue", "蓝色"), ("yellow", "黄色"), ("red", "红色")], max_length=6, verbose_name="升为颜色"
                    ),
                ),
            ],
            options={
                "verbose_name": "督办升级",
                "verbose_name_plural": "督办升级阶梯",
                "ordering": ["wait", "after", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("after__gte", 1)), name="ladderrung_waits"),
                    models.CheckConstraint(
                        condition=models.Q(("active_to", None), ("active_to__gte", models.F("active_from")), _connector="OR"),
                        name="ladderrung_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("active_from", models.DateField(verbose_name="启用日期")),
                (
                    "active_to",
                    models.DateField(blank=True, help_text="自这一天起不再适用；留空为一直有效。", null=True, verbose_name="停用日期"),
                ),
                ("kind", models.SlugField(max_length=30, verbose_name="事实类别")),
                ("title", models.CharField(max_length=60, verbose_name="规则名称")),
                ("after", models.PositiveSmallIntegerField(verbose_name="满多少（单位随类别）")),
                (
                    "colour",
                    models.CharField(choices=[("blue", "蓝色"), ("yellow", "黄色"), ("red", "红色")], max_length=6, verbose_name="颜色"),
                ),
                ("answer_within", models.PositiveSmallIntegerField(verbose_name="答复期限（工作日）")),
                ("demand", models.TextField(verbose_name="督办要求")),
            ],
            options={
                "verbose_name": "督办规则",
                "verbose_name_plural": "督办规则",
                "ordering": ["kind", "after", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("after__gte", 1), ("answer_within__gte", 1)), name="orderrule_waits_and_gives_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("active_to", None), ("active_to__gte", models.F("active_from")), _connector="OR"),
                        name="orderrule_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("serial", models.PositiveIntegerField(verbose_name="编号")),
                (
                    "colour",
                    models.CharField(choices=[("blue", "蓝色"), ("yellow", "黄色"), ("red", "红色")], max_length=6, verbose_name="颜色"),
                ),
                ("title", models.CharField(max_length=120, verbose_name="督办事项")),
                ("demand", models.TextField(verbose_name="督办要求")),
                ("cause", models.CharField(blank=True, max_length=60)),
                ("open_cause", models.CharField(max_length=60, null=True, unique=True)),
                ("as_of", models.DateField(verbose_name="事实截至")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "待签收"),
                            ("signed", "待答复"),
                            ("answered", "待审核"),
                            ("returned", "退回重办"),
                            ("reviewed", "待销号"),
                            ("cleared", "已销号"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="issued",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="状态起")),
                ("due_at", models.DateTimeField(verbose_name="答复期限")),
                ("late", models.BooleanField(default=False, verbose_name="答复逾期")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="答复轮次")),
                ("issued_at", models.DateTimeField(verbose_name="签发时间")),
                ("issued_on", models.DateField(verbose_name="签发日期")),
                ("issued_label", models.CharField(max_length=80, verbose_name="签发")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("token", models.CharField(max_length=40, null=True, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case", verbose_name="问题"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department", verbose_name="责任单位"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.measure", verbose_name="措施"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supervision.orderrule",
                        verbose_name="触发规则",
                    ),
                ),
            ],
            options={
                "verbose_name": "督办单",
                "verbose_name_plural": "督办单",
                "indexes": [
                    models.Index(fields=["department", "state", "due_at"], name="order_department_state"),
                    models.Index(fields=["state", "due_at"], name="order_state_due"),
                    models.Index(fields=["-issued_at", "-id"], name="order_latest"),
                    models.Index(fields=["issued_on", "department"], name="order_issued_on"),
                    models.Index(fields=["cause", "-id"], name="order_cause"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "serial"), name="order_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("measure", None), ("case", None), _connector="OR"), name="order_about_one_thing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("open_cause", None), ("state__in", ["cleared", "withdrawn"])),
                            models.Q(models.Q(("state__in", ["cleared", "withdrawn"]), _negated=True), ("ended_at", None)),
                            _connector="OR",
                        ),
                        name="order_ended_has_its_moment_and_frees_its_cause",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=10, verbose_name="用于")),
                ("round", models.PositiveSmallIntegerField(verbose_name="答复轮次")),
                (
                    "kind",
                    models.CharField(
                        choices=[("photo", "照片"), ("value", "测量值"), ("document", "文件")], max_length=8, verbose_name="类别"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("path", models.CharField(max_length=120, unique=True, verbose_name="存放")),
                ("thumbnail", models.CharField(blank=True, max_length=120, verbose_name="缩略图")),
                ("content_type", models.CharField(max_length=40, verbose_name="类型")),
                ("size", models.PositiveIntegerField(verbose_name="字节")),
                ("sha256", models.CharField(max_length=64, verbose_name="摘要值")),
                ("taken_at", models.DateTimeField(null=True, verbose_name="拍摄时间")),
                ("lon", models.FloatField(null=True, verbose_name="拍摄经度")),
                ("lat", models.FloatField(null=True, verbose_name="拍摄纬度")),
                ("at", models.DateTimeField(verbose_name="上传时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="上传")),
                ("struck_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("struck_why", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="supervision.order", verbose_name="督办单"
                    ),
                ),
                (
                    "scan",
                    models.CharField(
                        choices=[("unscanned", "未查毒"), ("clean", "已查毒")], default="unscanned", max_length=9, verbose_name="查毒"
                    ),
                ),
            ],
            options={
                "verbose_name": "督办佐证",
                "verbose_name_plural": "督办佐证",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="OrderFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule_words", models.CharField(max_length=120, verbose_name="依据规则")),
                ("words", models.TextField(verbose_name="事实")),
                ("values", models.JSONField(default=dict, verbose_name="数值")),
                ("link", models.CharField(blank=True, max_length=120, verbose_name="出处")),
                ("since", models.DateField(verbose_name="自")),
                ("on", models.DateField(verbose_name="截至")),
                ("at", models.DateTimeField(verbose_name="记录时间")),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case", verbose_name="问题"
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.measure", verbose_name="措施"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.order", verbose_name="督办单"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supervision.orderrule",
                        verbose_name="规则",
                    ),
                ),
            ],
            options={
                "verbose_name": "督办依据",
                "verbose_name_plural": "督办依据",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("order", "rule"), name="orderfact_rule_once")],
            },
        ),
        migrations.CreateModel(
            name="OrderStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=10, verbose_name="动作")),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("issued", "待签收"),
                            ("signed", "待答复"),
                            ("answered", "待审核"),
                            ("returned", "退回重办"),
                            ("reviewed", "待销号"),
                            ("cleared", "已销号"),
                            ("withdrawn", "已撤销"),
                        ],
                        max_length=10,
                        verbose_name="之前的状态",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "待签收"),
                            ("signed", "待答复"),
                            ("answered", "待审核"),
                            ("returned", "退回重办"),
                            ("reviewed", "待销号"),
                            ("cleared", "已销号"),
                            ("withdrawn", "已撤销"),
                        ],
                        max_length=10,
                        verbose_name="之后的状态",
                    ),
                ),
                (
                    "colour",
                    models.CharField(choices=[("blue", "蓝色"), ("yellow", "黄色"), ("red", "红色")], max_length=6, verbose_name="颜色"),
                ),
                ("due_at", models.DateTimeField(verbose_name="答复期限")),
                ("late", models.BooleanField(default=False, verbose_name="答复逾期")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="答复轮次")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="经办")),
                ("token", models.CharField(blank=True, max_length=40)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department", verbose_name="责任单位"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.order", verbose_name="督办单"
                    ),
                ),
            ],
            options={
                "verbose_name": "督办流转",
                "verbose_name_plural": "督办流转",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["order", "at", "id"], name="orderstep_order_at")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("token", ""), _negated=True), fields=("order", "token"), name="orderstep_form_sent_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RungClimbed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(verbose_name="等待起")),
                ("words", models.CharField(max_length=200, verbose_name="内容")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.order", verbose_name="督办单"
                    ),
                ),
                (
                    "rung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.ladderrung", verbose_name="升级"
                    ),
                ),
            ],
            options={
                "verbose_name": "督办升级记录",
                "verbose_name_plural": "督办升级记录",
                "ordering": ["at", "id"],
                "constraints": [models.UniqueConstraint(fields=("order", "rung", "since"), name="rungclimbed_once_a_wait")],
            },
        ),
    ]
