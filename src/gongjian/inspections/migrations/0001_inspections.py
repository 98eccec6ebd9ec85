import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_cases"),
        ("ledgers", "0005_imports"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="DrawPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("ledger", models.SlugField(max_length=40, verbose_name="台账")),
                ("given", models.CharField(blank=True, max_length=300, verbose_name="台账筛选")),
                ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="抽取数")),
                ("share", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="抽取比例（%）")),
                ("stratum", models.CharField(blank=True, max_length=20, verbose_name="分层")),
                ("weigher", models.SlugField(blank=True, max_length=40, verbose_name="加权")),
                ("each", models.PositiveSmallIntegerField(default=2, verbose_name="每个对象的检查人数")),
                ("apart", models.BooleanField(default=False, verbose_name="回避主管部门")),
                ("checklist", models.SlugField(max_length=60, verbose_name="检查清单")),
                ("opens_on", models.DateField(verbose_name="检查开始")),
                ("due_on", models.DateField(verbose_name="检查截止")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "已定规则"),
                            ("frozen", "名单已冻结"),
                            ("drawn", "已抽取"),
                            ("assigned", "已下达"),
                            ("called_off", "已作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "seed_way",
                    models.CharField(choices=[("public", "公开号码"), ("sealed", "封存口令")], max_length=8, verbose_name="种子方式"),
                ),
                ("seed_source", models.CharField(max_length=200, verbose_name="种子来源")),
                ("seal", models.CharField(blank=True, max_length=64, verbose_name="口令指纹（SHA-256）")),
                ("pool", models.JSONField(default=list, verbose_name="检查人员名单")),
                ("universe_digest", models.CharField(blank=True, max_length=64, verbose_name="对象名单指纹")),
                ("pool_digest", models.CharField(blank=True, max_length=64, verbose_name="人员名单指纹")),
                ("frozen_at", models.DateTimeField(null=True, verbose_name="冻结时间")),
                ("frozen_by", models.CharField(blank=True, max_length=80, verbose_name="冻结人")),
                ("seed", models.CharField(blank=True, max_length=200, verbose_name="种子")),
                ("seed_known_at", models.DateTimeField(null=True, verbose_name="种子公布时间")),
                ("algorithm", models.CharField(blank=True, max_length=20, verbose_name="算法")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="抽取时间")),
                ("drawn_by", models.CharField(blank=True, max_length=80, verbose_name="抽取人")),
                ("made_at", models.DateTimeField(verbose_name="制定时间")),
                ("made_by", models.CharField(max_length=80, verbose_name="制定人")),
                ("called_off_why", models.CharField(blank=True, max_length=300, verbose_name="作废原因")),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="来源")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department", verbose_name="组织部门"
                    ),
                ),
            ],
            options={
                "verbose_name": "抽查计划",
                "verbose_name_plural": "抽查计划",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__gte", 1), ("share", None)),
                            models.Q(("number", None), ("share__gt", 0), ("share__lte", 100)),
                            _connector="OR",
                        ),
                        name="drawplan_number_or_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seed_way", "sealed"), models.Q(("seal", ""), _negated=True)),
                            models.Q(("seal", ""), ("seed_way", "public")),
                            _connector="OR",
                        ),
                        name="drawplan_seal_where_sealed",
                    ),
                    models.CheckConstraint(condition=models.Q(("each__gte", 1)), name="drawplan_somebody_goes"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="小写字母、数字和连字符，例如 dust-bulletin。", max_length=60, unique=True, verbose_name="代码"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "called",
                    models.CharField(
                        blank=True,
                        help_text="与行动计划考核点的事项一字不差时，考核点由它亮灯。",
                        max_length=120,
                        verbose_name="方案中的名称",
                    ),
                ),
                (
                    "every",
                    models.CharField(
                        choices=[("month", "每月"), ("quarter", "每季度"), ("half", "每半年"), ("year", "每年"), ("event", "每次事件")],
                        max_length=8,
                        verbose_name="周期",
                    ),
                ),
                ("lead_days", models.PositiveSmallIntegerField(default=0, help_text="任务在本轮开始前几天下达。", verbose_name="提前天数")),
                (
                    "event_days",
                    models.PositiveSmallIntegerField(default=3, help_text="按事件的，事件当天起几天内完成。", verbose_name="事件后天数"),
                ),
                ("ledger", models.SlugField(blank=True, max_length=40, verbose_name="台账")),
                ("given", models.CharField(blank=True, max_length=300, verbose_name="台账筛选")),
                ("places", models.JSONField(blank=True, default=list, verbose_name="地点")),
                ("checklist", models.SlugField(max_length=60, verbose_name="检查清单")),
                ("photos", models.PositiveSmallIntegerField(default=0, verbose_name="至少照片")),
                ("documents", models.PositiveSmallIntegerField(default=0, verbose_name="至少文件")),
                ("since", models.DateField(verbose_name="开始")),
                ("until", models.DateField(blank=True, help_text="自这一天起不再履行。", null=True, verbose_name="停止")),
                ("source", models.CharField(blank=True, editable=False, max_length=120, verbose_name="来源")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                ("entered_at", models.DateTimeField(editable=False, verbose_name="登记时间")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department", verbose_name="责任部门"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "履职事项",
                "verbose_name_plural": "履职事项",
                "ordering": ["department__order", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                        name="duty_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("called", ""), _negated=True), ("until", None)),
                        fields=("called", "every"),
                        name="duty_is_called_so_alone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="事由")),
                ("since", models.DateField(verbose_name="自")),
                ("until", models.DateField(blank=True, help_text="自这一天起不再回避。", null=True, verbose_name="至")),
                ("at", models.DateTimeField(verbose_name="登记时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="登记人")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.enterprise", verbose_name="企业"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="检查人员"
                    ),
                ),
            ],
            options={
                "verbose_name": "回避登记",
                "verbose_name_plural": "回避登记",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("until", None)), fields=("user", "enterprise"), name="recusal_stands_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, verbose_name="编号")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="名称")),
                ("party", models.CharField(blank=True, max_length=64, verbose_name="所属单位代码")),
                ("keeper", models.CharField(max_length=64, verbose_name="主管部门")),
                ("stratum", models.CharField(blank=True, max_length=120, verbose_name="层")),
                ("weight", models.PositiveIntegerField(default=1000, verbose_name="权重（千分之一）")),
                ("why", models.CharField(blank=True, max_length=120, verbose_name="加权原因")),
                ("order", models.PositiveIntegerField(null=True, verbose_name="抽取次序")),
                ("inspectors", models.JSONField(default=list, verbose_name="检查人员")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledgers.entry", verbose_name="台账条目"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="things",
                        to="inspections.drawplan",
                        verbose_name="抽查计划",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽查对象",
                "verbose_name_plural": "抽查对象",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "code"), name="drawobject_once_in_its_plan"),
                    models.UniqueConstraint(
                        condition=models.Q(("order__isnull", False)), fields=("plan", "order"), name="drawobject_order_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("weight__gte", 1)), name="drawobject_has_a_chance"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(verbose_name="本轮首日")),
                ("last", models.DateField(verbose_name="本轮末日")),
                ("event", models.CharField(blank=True, max_length=120, verbose_name="事件")),
                ("things", models.PositiveIntegerField(default=0, verbose_name="任务数")),
                ("opened_at", models.DateTimeField(verbose_name="下达时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="下达")),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="inspections.duty", verbose_name="履职事项"
                    ),
                ),
            ],
            options={
                "verbose_name": "履职轮次",
                "verbose_name_plural": "履职轮次",
                "ordering": ["first", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("duty", "first", "event"), name="dutyturn_opened_once"),
                    models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="dutyturn_ends_after_it_begins"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=160, unique=True)),
                ("title", models.CharField(max_length=120, verbose_name="任务")),
                ("checklist", models.SlugField(max_length=60, verbose_name="检查清单")),
                ("asked", models.JSONField(null=True, verbose_name="填写时的清单")),
                ("label", models.CharField(max_length=120, verbose_name="对象")),
                ("street", models.CharField(blank=True, max_length=32, verbose_name="街道（镇）")),
                ("lon", models.FloatField(null=True, verbose_name="经度")),
                ("lat", models.FloatField(null=True, verbose_name="纬度")),
                ("named", models.BooleanField(default=False, verbose_name="已指派到人")),
                ("opens_on", models.DateField(verbose_name="可开始")),
                ("due_on", models.DateField(verbose_name="截止")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待开始"),
                            ("started", "进行中"),
                            ("done", "待确认"),
                            ("returned", "已退回"),
                            ("confirmed", "已确认"),
                            ("cancelled", "已取消"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                ("photos", models.PositiveSmallIntegerField(default=0, verbose_name="至少照片")),
                ("documents", models.PositiveSmallIntegerField(default=0, verbose_name="至少文件")),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="来源")),
                ("made_at", models.DateTimeField(verbose_name="下达时间")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department", verbose_name="责任部门"
                    ),
                ),
                (
                    "drawn",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="inspections.drawobject",
                        verbose_name="抽查对象",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="inspections.duty",
                        verbose_name="履职事项",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledgers.entry",
                        verbose_name="台账条目",
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="inspections.dutyturn",
                        verbose_name="轮次",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查任务",
                "verbose_name_plural": "检查任务",
                "indexes": [
                    models.Index(fields=["department", "state", "due_on"], name="task_department_state"),
                    models.Index(fields=["state", "due_on", "id"], name="task_state_due"),
                    models.Index(fields=["due_on", "department"], name="task_due_department"),
                    models.Index(fields=["duty", "due_on"], name="task_duty_due"),
                    models.Index(fields=["entry", "-due_on"], name="task_entry"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lat", None), ("lon", None)),
                            models.Q(("lat__isnull", False), ("lon__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_lon_lat_together",
                    ),
                    models.CheckConstraint(condition=models.Q(("due_on__gte", models.F("opens_on"))), name="task_is_due_after_it_opens"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("duty", None), ("turn", None)),
                            models.Q(("duty__isnull", False), ("turn__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_turn_is_of_a_duty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("state__in", ["done", "confirmed"])),
                            models.Q(models.Q(("state__in", ["done", "confirmed"]), _negated=True), ("done_on", None)),
                            _connector="OR",
                        ),
                        name="task_done_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Filling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                ("answers", models.JSONField(default=dict, verbose_name="答案")),
                ("lon", models.FloatField(null=True, verbose_name="经度")),
                ("lat", models.FloatField(null=True, verbose_name="纬度")),
                ("metres", models.PositiveIntegerField(null=True, verbose_name="距对象（米）")),
                ("at", models.DateTimeField(verbose_name="填写时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="填写")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填写人",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fillings", to="inspections.task", verbose_name="任务"
                    ),
                ),
            ],
            options={
                "verbose_name": "清单填写",
                "verbose_name_plural": "清单填写",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("task", "key"), name="filling_sent_once")],
            },
        ),
        migrations.CreateModel(
            name="TaskCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("again", models.BooleanField(default=False, verbose_name="此前已登记")),
                ("kind", models.SlugField(max_length=40, verbose_name="问题类型")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                ("items", models.JSONField(default=list, verbose_name="清单项")),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case", verbose_name="问题"),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="inspections.task", verbose_name="任务"
                    ),
                ),
            ],
            options={
                "verbose_name": "任务查出的问题",
                "verbose_name_plural": "任务查出的问题",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("task", "kind", "round"), name="taskcase_once_a_kind_and_round")],
            },
        ),
        migrations.CreateModel(
            name="TaskEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("item", models.SlugField(blank=True, max_length=40, verbose_name="清单项")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
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
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="inspections.task", verbose_name="任务"
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
                "verbose_name": "任务佐证",
                "verbose_name_plural": "任务佐证",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "key"), name="taskevidence_sent_once"),
                    models.CheckConstraint(condition=models.Q(("kind__in", ["photo", "document"])), name="taskevidence_is_a_file"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskInspector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inspectors", to="inspections.task", verbose_name="任务"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="检查人员"
                    ),
                ),
            ],
            options={
                "verbose_name": "任务检查人员",
                "verbose_name_plural": "任务检查人员",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("task", "user"), name="taskinspector_once")],
            },
        ),
        migrations.CreateModel(
            name="TaskOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="截止日期")),
                ("label", models.CharField(max_length=120, verbose_name="对象")),
                ("street", models.CharField(blank=True, max_length=32, verbose_name="街道（镇）")),
                ("counted", models.BooleanField(default=True, verbose_name="计入")),
                ("done", models.BooleanField(default=False, verbose_name="已完成")),
                ("done_on", models.DateField(null=True, verbose_name="完成日期")),
                ("in_time", models.BooleanField(null=True, verbose_name="按期完成")),
                ("drawn", models.BooleanField(default=False, verbose_name="双随机抽查")),
                ("entered_at", models.DateTimeField(verbose_name="记入时间")),
                ("replaced_at", models.DateTimeField(null=True, verbose_name="被替换时间")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.department", verbose_name="责任部门"
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.duty",
                        verbose_name="履职事项",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="inspections.task", verbose_name="任务"
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.dutyturn",
                        verbose_name="轮次",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务结果",
                "verbose_name_plural": "任务结果",
                "indexes": [
                    models.Index(fields=["on", "replaced_at", "entered_at"], name="taskoutcome_on"),
                    models.Index(fields=["duty", "turn", "entered_at", "replaced_at", "done", "counted"], name="taskoutcome_turns"),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("replaced_at", None)), fields=("task",), name="taskoutcome_one_stands")
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=12, verbose_name="动作")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待开始"),
                            ("started", "进行中"),
                            ("done", "待确认"),
                            ("returned", "已退回"),
                            ("confirmed", "已确认"),
                            ("cancelled", "已取消"),
                        ],
                        max_length=12,
                        verbose_name="之后的状态",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="内容")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("by_label", models.CharField(max_length=80, verbose_name="经办")),
                ("token", models.CharField(blank=True, max_length=64)),
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
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inspections.task", verbose_name="任务"
                    ),
                ),
            ],
            options={
                "verbose_name": "任务流转",
                "verbose_name_plural": "任务流转",
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("token", ""), _negated=True), fields=("task", "token"), name="taskstep_form_sent_once"
                    )
                ],
            },
        ),
    ]
