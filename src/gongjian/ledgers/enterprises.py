"""The ledger of enterprises."""

from gongjian.ledgers.declaration import Ledger, Placed
from gongjian.ledgers.models import Enterprise, EnterpriseVersion
from gongjian.standards.identifiers.credit_codes import check_credit_code
from gongjian.standards.identifiers.industries import check_industry

ENTERPRISES = Ledger(
    slug="enterprises",
    title="企业名录",
    about="各业务台账共用的企业、单位名录，以统一社会信用代码为准。",
    unit="家",
    group="公共",
    model=Enterprise,
    versions=EnterpriseVersion,
    columns=("code", "name", "industry", "street", "contact", "department", "status"),
    filters=("status", "street", "department"),
    searched=("legal_person", "contact", "phone"),
    needed=("name", "street", "industry", "lon"),
    hidden=("enterprise",),
    titles={"code": "统一社会信用代码", "name": "企业名称"},
    aliases={"code": ("信用代码", "社会信用代码"), "name": ("单位名称", "企业", "名称"), "industry": ("行业类别代码", "行业")},
    checks={"code": check_credit_code, "industry": check_industry},
    placed=Placed.POINT,
    symbol="building-factory-2",
    period_days=366,
)
