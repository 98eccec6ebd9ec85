import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledgers", "0001_ledgers"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=40, verbose_name="问题类型")),
                ("level", models.SlugField(max_length=20, verbose_name="严重程度")),
                ("title", models.CharField(max_length=80, verbose_name="问题")),
                ("label", models.CharField(blank=True, max_length=120, verbose_name="对象")),
                ("street", models.CharField(blank=True, max_length=32, verbose_name="街道（镇）")),
                ("address", models.CharField(blank=True, max_length=160, verbose_name="地点")),
                ("lon", models.FloatField(blank=True, null=True, verbose_name="经度")),
                ("lat", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                (
                    "finder",
                    models.CharField(
                        choices=[("person", "工作人员"), ("device", "监测设备"), ("citizen", "群众反映"), ("rule", "系统规则")],
                        default="person",
                        max_length=8,
                        verbose_name="发现方式",
                    ),
                ),
                ("found_by", models.CharField(max_length=80, verbose_name="发现人")),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "待移交"),
                            ("handed_over", "待签收"),
                            ("signed", "已签收"),
                            ("handling", "办理中"),
                            ("suspended", "挂起"),
                            ("fed_back", "待核验"),
                            ("verified", "待结案"),
                            ("closed", "已结案"),
                            ("dismissed", "不予立案"),
                            ("merged", "已并案"),
                        ],
                        default="found",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="状态起")),
                ("due_at", models.DateTimeField(null=True, verbose_name="本环节时限")),
                ("late", models.BooleanField(default=False, verbose_name="有环节超时")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="办理轮次")),
                ("reopened", models.PositiveSmallIntegerField(default=0, verbose_name="重开次数")),
                ("suspended_until", models.DateField(null=True, verbose_name="挂起至")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="结案时间")),
                ("took_hours", models.PositiveIntegerField(null=True, verbose_name="用时（小时）")),
                ("published_at", models.DateTimeField(null=True, verbose_name="公开时间")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("token", models.CharField(max_length=40, null=True, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("description", models.TextField(verbose_name="情况说明")),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                        verbose_name="办理部门",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="ledgers.entry",
                        verbose_name="台账条目",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="cases.case", verbose_name="并入"
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                        verbose_name="发现部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题",
                "verbose_name_plural": "问题",
                "indexes": [
                    models.Index(fields=["department", "state", "due_at"], name="case_department_state"),
                    models.Index(fields=["origin", "state", "due_at"], name="case_origin_state"),
                    models.Index(fields=["state", "due_at", "since"], name="case_state_due"),
                    models.Index(fields=["state", "since"], name="case_state_since"),
                    models.Index(fields=["kind", "state", "due_at"], name="case_kind_state"),
                    models.Index(fields=["-found_at", "-id"], name="case_latest"),
                    models.Index(fields=["found_at", "kind", "department", "street", "origin"], name="case_found_by_group"),
                    models.Index(
                        fields=["closed_at", "kind", "department", "street", "origin", "took_hours", "late", "reopened"],
                        name="case_closed_by_group",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lat", None), ("lon", None)),
                            models.Q(("lat__isnull", False), ("lon__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_lon_lat_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["found", "dismissed", "merged"]), ("department__isnull", False), _connector="OR"),
                        name="case_in_hand_has_a_department",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed"), ("took_hours__isnull", False)),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None), ("took_hours", None)),
                            _connector="OR",
                        ),
                        name="case_closed_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("state", "merged")),
                            models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                            _connector="OR",
                        ),
                        name="case_merged_says_into_which",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "suspended"), ("suspended_until__isnull", False)),
                            models.Q(models.Q(("state", "suspended"), _negated=True), ("suspended_until", None)),
                            _connector="OR",
                        ),
                        name="case_suspended_has_an_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.SlugField(max_length=40, verbose_name="规则")),
                ("since", models.DateField(verbose_name="自何日的记录起")),
                ("started_at", models.DateTimeField(verbose_name="启用时间")),
                ("started_by", models.CharField(max_length=80, verbose_name="启用人")),
                ("stopped_at", models.DateTimeField(null=True, verbose_name="停用时间")),
                ("stopped_by", models.CharField(blank=True, max_length=80, verbose_name="停用人")),
                ("seen", models.BigIntegerField(default=-1)),
                ("seen_on", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "立案规则的启用",
                "verbose_name_plural": "立案规则的启用",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("stopped_at", None)), fields=("rule",), name="ruleuse_in_use_once"),
                    models.CheckConstraint(
                        condition=models.Q(("stopped_at", None), ("stopped_at__gte", models.F("started_at")), _connector="OR"),
                        name="ruleuse_stops_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Arisen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.SlugField(max_length=40, verbose_name="规则")),
                ("records", models.SlugField(max_length=40, verbose_name="记录种类")),
                ("number", models.CharField(max_length=96, verbose_name="记录编号")),
                ("doubted_at", models.DateTimeField(null=True, verbose_name="记录不再符合规则的时间")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="arisen", to="cases.case", verbose_name="问题"
                    ),
                ),
            ],
            options={
                "verbose_name": "由记录立案",
                "verbose_name_plural": "由记录立案",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("rule", "number"), name="arisen_once")],
            },
        ),
        migrations.CreateModel(
            name="Assistance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.TextField(verbose_name="请协办事项")),
                ("asked_at", models.DateTimeField(verbose_name="商请时间")),
                ("asked_by", models.CharField(max_length=80, verbose_name="商请人")),
                ("answer", models.TextField(blank=True, verbose_name="协办情况")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="协办反馈时间")),
                ("answered_by", models.CharField(blank=True, max_length=80, verbose_name="协办人")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department", verbose_name="协办部门"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assistances", to="cases.case", verbose_name="问题"
                    ),
                ),
            ],
            options={
                "verbose_name": "联合办理",
                "verbose_name_plural": "联合办理",
                "ordering": ["id"],
                "indexes": [models.Index(condition=models.Q(("answered_at", None)), fields=["department"], name="assistance_waiting")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)), fields=("case", "department"), name="assistance_asked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="assistance_answer_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=40, verbose_name="问题类型")),
                ("step", models.CharField(max_length=12, verbose_name="动作")),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("found", "待移交"),
                            ("handed_over", "待签收"),
                            ("signed", "已签收"),
                            ("handling", "办理中"),
                            ("suspended", "挂起"),
                            ("fed_back", "待核验"),
                            ("verified", "待结案"),
                            ("closed", "已结案"),
                            ("dismissed", "不予立案"),
                            ("merged", "已并案"),
                        ],
                        max_length=12,
                        verbose_name="之前的状态",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "待移交"),
                            ("handed_over", "待签收"),
                            ("signed", "已签收"),
                            ("handling", "办理中"),
                            ("suspended", "挂起"),
                            ("fed_back", "待核验"),
                            ("verified", "待结案"),
                            ("closed", "已结案"),
                            ("dismissed", "不予立案"),
                            ("merged", "已并案"),
                        ],
                        max_length=12,
                        verbose_name="之后的状态",
                    ),
                ),
                ("since", models.DateTimeField(null=True, verbose_name="之前状态起")),
                ("due_at", models.DateTimeField(null=True, verbose_name="时限")),
                ("late", models.BooleanField(default=False, verbose_name="超时")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="办理轮次")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("carried", models.JSONField(default=dict, verbose_name="其他内容")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("on", models.DateField(verbose_name="日期")),
                ("by_label", models.CharField(max_length=80, verbose_name="经办")),
                ("token", models.CharField(blank=True, max_length=40)),
                ("open_change", models.SmallIntegerField(null=True)),
                ("closed_change", models.SmallIntegerField(default=0)),
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
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case", verbose_name="问题"),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                        verbose_name="办理部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题流转",
                "verbose_name_plural": "问题流转",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["case", "at"], name="casestep_case_at"),
                    models.Index(fields=["by", "step", "-at"], name="casestep_by_whom"),
                    models.Index(
                        condition=models.Q(("open_change__isnull", False)),
                        fields=["kind", "on", "open_change", "closed_change"],
                        name="casestep_changes",
                    ),
                    models.Index(
                        condition=models.Q(("late", True)), fields=["kind", "late", "at", "since", "due_at"], name="casestep_late"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("token", ""), _negated=True), fields=("case", "token"), name="casestep_form_sent_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="内容")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="发言人")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="cases.case", verbose_name="问题"
                    ),
                ),
            ],
            options={
                "verbose_name": "留言",
                "verbose_name_plural": "留言",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=40, verbose_name="用于")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="办理轮次")),
                (
                    "kind",
                    models.CharField(
                        choices=[("photo", "照片"), ("value", "测量值"), ("document", "文件")], max_length=8, verbose_name="类别"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("path", models.CharField(blank=True, max_length=120, verbose_name="存放")),
                ("thumbnail", models.CharField(blank=True, max_length=120, verbose_name="缩略图")),
                ("content_type", models.CharField(blank=True, max_length=40, verbose_name="类型")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="字节")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="摘要值")),
                ("taken_at", models.DateTimeField(null=True, verbose_name="拍摄时间")),
                ("lon", models.FloatField(null=True, verbose_name="拍摄经度")),
                ("lat", models.FloatField(null=True, verbose_name="拍摄纬度")),
                ("looks", models.CharField(blank=True, max_length=16)),
                ("look_1", models.CharField(blank=True, db_index=True, max_length=4)),
                ("look_2", models.CharField(blank=True, db_index=True, max_length=4)),
                ("look_3", models.CharField(blank=True, db_index=True, max_length=4)),
                ("look_4", models.CharField(blank=True, db_index=True, max_length=4)),
                ("value", models.FloatField(null=True, verbose_name="数值")),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="单位")),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="cases.case", verbose_name="问题"
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
                "verbose_name": "佐证",
                "verbose_name_plural": "佐证",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "value"), ("path", ""), ("value__isnull", False)),
                            models.Q(models.Q(("kind", "value"), _negated=True), ("value", None), models.Q(("path", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="evidence_is_a_value_or_a_file",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("path", ""), _negated=True), fields=("path",), name="evidence_file_is_its_own"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtraDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("extra", models.SlugField(max_length=40, verbose_name="附加步骤")),
                ("round", models.PositiveSmallIntegerField(verbose_name="办理轮次")),
                ("text", models.TextField(verbose_name="情况")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="经办人")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extras", to="cases.case", verbose_name="问题"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                        verbose_name="接收部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "附加步骤",
                "verbose_name_plural": "附加步骤",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("case", "extra", "round"), name="extradone_once_a_round")],
            },
        ),
        migrations.CreateModel(
            name="Postponement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=12, verbose_name="所在环节")),
                ("was_due", models.DateTimeField(verbose_name="原时限")),
                ("wanted", models.DateTimeField(verbose_name="申请延至")),
                ("reason", models.TextField(verbose_name="理由")),
                ("at", models.DateTimeField(verbose_name="申请时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="申请")),
                ("granted", models.BooleanField(null=True, verbose_name="同意")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="批复")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="批复时间")),
                ("answered_by", models.CharField(blank=True, max_length=80, verbose_name="批复人")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postponements", to="cases.case", verbose_name="问题"
                    ),
                ),
            ],
            options={
                "verbose_name": "延期申请",
                "verbose_name_plural": "延期申请",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("answered_at", None)), fields=("case",), name="postponement_one_waiting"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("granted", None)),
                            models.Q(("answered_at__isnull", False), ("granted__isnull", False)),
                            _connector="OR",
                        ),
                        name="postponement_answer_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=20, verbose_name="规则")),
                ("about", models.CharField(blank=True, max_length=40, verbose_name="关于")),
                ("words", models.CharField(max_length=300, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="cases.case", verbose_name="问题"
                    ),
                ),
            ],
            options={
                "verbose_name": "疑点",
                "verbose_name_plural": "疑点",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("case", "code", "about"), name="remark_made_once")],
            },
        ),
        migrations.CreateModel(
            name="SanctionTaken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sanction", models.CharField(max_length=12, verbose_name="措施")),
                ("on", models.DateField(verbose_name="日期")),
                ("document", models.CharField(max_length=120, verbose_name="文书（文号或名称）")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="金额（元）或分值")),
                ("at", models.DateTimeField(verbose_name="登记时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="登记人")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sanctions", to="cases.case", verbose_name="问题"
                    ),
                ),
            ],
            options={
                "verbose_name": "惩戒措施",
                "verbose_name_plural": "惩戒措施",
                "ordering": ["id"],
            },
        ),
    ]
