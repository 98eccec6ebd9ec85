"""Enterprises (企业): the one list of companies and institutions that every field of work points at."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models.entry import Entry
from gongjian.ledgers.models.versions import versions_of


class Enterprise(Entry):
    """A company or institution; its ``code`` is the unified social credit code (GB 32100-2015)."""

    entry_ptr = models.OneToOneField(Entry, models.CASCADE, parent_link=True, primary_key=True, related_name="as_enterprise")
    industry = models.CharField(_("行业代码"), max_length=4, blank=True, help_text=_("国民经济行业分类（GB/T 4754），如 C36、3610"))
    legal_person = models.CharField(_("法定代表人"), max_length=40, blank=True)
    contact = models.CharField(_("环保联系人"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("企业")
        verbose_name_plural = _("企业")


EnterpriseVersion = versions_of(Enterprise)
