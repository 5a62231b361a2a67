"""What stands before a date: labels that make it the day of publication, or of a later change."""

from __future__ import annotations

import re
from functools import lru_cache

_PUBLISHED = re.compile(
    r"(?:đăng lúc|ngày đăng(?: tin)?|đăng ngày|đăng vào|đã đăng|ngày xuất bản"
    r"|(?:đã )?xuất bản(?: ngày| lúc)?|ngày đưa(?: tin)?|ngày tạo|ngày viết|ngày ban hành tin"
    r"|thời gian(?: đăng)?|posted(?: on)?|published(?: on)?|publish date)\s*[:：]?\s*$",
    re.IGNORECASE,
)
# On Vietnamese portals ``Cập nhật`` is often the label of the only date that an article has.
_UPDATED = re.compile(
    r"(?:cập nhật(?: lần cuối)?(?: lúc| ngày)?|ngày cập nhật|lần cập nhật cuối|updated"
    r"|last modified)\s*[:：]?\s*$",
    re.IGNORECASE,
)
# The same in other languages. A weekday may stand between a label and its date.
_WEEKDAY = r"(?:\s*[^\W\d_]{2,12}[.,]{1,2})?\s*$"
_OTHER_PUBLISHED = re.compile(
    r"(?:^|\W)(?:date(?: published| posted)?|publication date|first published|released|created"
    r"|veröffentlicht(?:\s+am)?|erschienen(?:\s+am)?|erstellt(?:\s+am)?|publiziert(?:\s+am)?|datum"
    r"|geschrieben(?:\s+am)?|online seit|publiée?s?(?:\s+le)?|mis en ligne(?:\s+le)?"
    r"|postée?(?:\s+le)?|parue?(?:\s+le)?|date de publication|publicad[oa](?:\s+(?:el|em|en|a))?"
    r"|fecha(?: de publicación)?|data(?: de publicação)?|postado(?:\s+em)?|pubblicat[oa](?:\s+il)?"
    r"|gepubliceerd(?:\s+op)?|geplaatst(?:\s+op)?|publicerad(?:es)?(?:\s+den)?|publisert|publiceret"
    r"|udgivet|julkaistu|avaldatud|publicēts|paskelbta|opublikowan[oa]|data publikacji|dodano"
    r"|data dodania|vydáno|publikován[oa]|zveřejněno|publikované|zverejnené|közzétéve|megjelent"
    r"|publicat(?:\s+(?:la|pe|el))?|objavljen[oa]|публикуван[оа]|опубликован[оа]|дата публикации"
    r"|опубліковано|δημοσιεύθηκε|δημοσίευση|yayınlanma(?: tarihi)?|giriş(?: tarihi)?|yayın tarihi"
    r"|eklenme(?: tarihi)?|dipublikasikan|diterbitkan|terbit|公開日?|掲載日?|配信|投稿日?"
    r"|发布(?:时间|于)|发表于|發佈(?:時間|於)?|입력|등록|게시"
    r"|เผยแพร่|प्रकाशित|نشر(?: في)?|تاريخ النشر|פורסם"
    rf"|تاریخ انتشار)\s*[:：]?{_WEEKDAY}",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:^|\W)(?:(?:last )?(?:updated?|modified|revised|revision|edited|reviewed)(?:\s+(?:on|at))?"
    r"|(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)(?:\s+am)?|stand(?: des artikels)?"
    r"|letzte (?:aktualisierung|änderung|bearbeitung)|mise?s? à jour(?:\s+le)?|modifiée?(?:\s+le)?"
    r"|dernière (?:modification|mise à jour)|a[ct]?tuali[sz]ad[oa](?:\s+(?:el|em|a))?"
    r"|última (?:actualización|atualização|modificación)|modificad[oa](?:\s+el)?"
    r"|aggiornat[oa](?:\s+il)?|ultim[oa] (?:aggiornamento|modifica)"
    r"|(?:laatst )?(?:bijgewerkt|gewijzigd|aangepast)(?:\s+op)?|uppdaterad(?:es)?(?:\s+den)?"
    r"|senast (?:uppdaterad|ändrad)|(?:sist )?oppdatert|(?:sidst )?opdateret|päivitetty|muokattu"
    r"|(?:ostatnia )?aktualizacja|zaktualizowano|data modyfikacji|aktualizov[aá]n[oaé]|upraven[oé]"
    r"|frissítve|módosítva|actualizat|modificat|ažurirano|izmijenjeno|posodobljeno|обновен[оа]?"
    r"|актуализирано|обновлен[оа]|изменен[оа]|оновлено|ενημερώθηκε|τελευταία ενημέρωση"
    r"|(?:son )?güncellen?me(?: tarihi)?|diperbarui|(?:最終)?更新日?|更新(?:时间)?|修改"
    rf"|(?:최종)?수정|(?:آخر )?تحديث|עודכן)\s*[:：]?{_WEEKDAY}",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"giấy phép|số\s+\d+|quyết định|nghị định|qđ-|gp-|/gp|bản quyền|copyright|licen[cs]e"
    r"|hết hạn|hiệu lực",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 12)
def label_before(text: str) -> tuple[float, str] | None:
    """What a label at the end of ``text`` says of the date after it: a score and a rule's name."""
    if _PUBLISHED.search(text):
        return 4.0, "label:published"
    return (0.0, "label:updated") if _UPDATED.search(text) else None


@lru_cache(maxsize=1 << 12)
def is_published_label(text: str) -> bool:
    """Whether ``text`` ends in a label of the day of publication, in one of many languages."""
    return _OTHER_PUBLISHED.search(text) is not None


@lru_cache(maxsize=1 << 12)
def is_change_label(text: str) -> bool:
    """Whether ``text`` ends in a label of the day of a later change, in one of many languages."""
    return _CHANGED.search(text) is not None


def is_licence(text: str) -> bool:
    """Whether ``text`` names a licence or a decision, whose date follows it."""
    return _LICENCE.search(text) is not None
