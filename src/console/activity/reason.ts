// Why something was not done, from its audit entry, in the language of the page.
import type { z } from 'zod'
import { known, t, type Words } from '../../../views/console/message.ts'
import { inMarkup, type LocalizedText } from '../../../views/console/text.ts'
import type { Translate } from '../../../views/html.ts'
import type { auditEntry } from '../../admin/audit/schemas.ts'
import type { LayerName } from '../../policy/engine/decide.ts'

const notAllowedBy: Readonly<Record<LayerName, Words>> = {
  guardrail: t("The account's guardrail does not allow it."),
  resource: t('The resource policy does not allow it.'),
  trust: t("The role's trust policy does not allow it."),
  identity: t("The caller's identity policies do not allow it."),
  boundary: t('The permissions boundary does not allow it.'),
  session: t('The session policy does not allow it.'),
  root: t("The account root's implicit permission does not allow it."),
}
const notAllowed = new Map<string, Words>(Object.entries(notAllowedBy))

const deniedByLayer: Readonly<Record<LayerName, Words>> = {
  guardrail: t("Denied by the account's guardrail."),
  resource: t('Denied by the resource policy.'),
  trust: t("Denied by the role's trust policy."),
  identity: t("Denied by the caller's identity policies."),
  boundary: t('Denied by the permissions boundary.'),
  session: t('Denied by the session policy.'),
  root: t("Denied by the account root's implicit permission."),
}
const deniedBy = new Map<string, Words>(Object.entries(deniedByLayer))

/** Why it was not done, once: the decision in short, or the message without its code. */
export function reasonOf({
  decision,
  reason,
}: Pick<z.output<typeof auditEntry>, 'decision' | 'reason'>): Words | undefined {
  if (decision === undefined || decision.reason === 'allowed')
    return reason === undefined
      ? undefined
      : inMarkup(messageText(reason.replace(/^(?:[a-z_]{3,40}|[A-Z][A-Za-z]{2,40}): (?=\S)/, '')))
  const layer = decision.layer ?? 'root'
  if (decision.reason === 'implicit_deny') return notAllowed.get(layer)
  const by = decision.layers.find(({ said }) => said === 'explicit_deny')?.statements[0]
  return by === undefined ? deniedBy.get(layer) : t('Denied by {statement}.', { statement: known(by) })
}

/** A message of a Problem, with its detail in parentheses, or with every field that was wrong (audit/outcome.ts, admin/input.ts). */
const messageText =
  (text: string): LocalizedText =>
  (translate) => {
    const whole = translate.knownText(text)
    if (whole !== text) return whole
    // The message or the detail may have parentheses itself. Not by a regular expression, which takes the square of the length for a
    // text of opening parentheses.
    const [first, last] = [text.indexOf(' ('), text.lastIndexOf(' (')]
    if (first > 0 && text.endsWith(')')) {
      const isLast = translate.knownText(text.slice(0, last)) !== text.slice(0, last)
      const at = isLast ? last : first
      const [message, detail] = [text.slice(0, at), text.slice(at + 2, -1)].map(translate.knownText)
      return translate.language === 'ja' ? `${message}（${detail}）` : `${message} (${detail})`
    }
    return text
      .split('; ')
      .map((part) => faultText(part, translate))
      .join('; ')
  }

function faultText(text: string, { knownText, language }: Translate): string {
  const [, field, fault] = /^(`[^`]+`) (.+)$/s.exec(text) ?? []
  if (field === undefined || fault === undefined) return text
  const translated = knownText(fault)
  if (translated === fault) return text
  return `${field}${language === 'ja' ? '：' : ' '}${translated}`
}
