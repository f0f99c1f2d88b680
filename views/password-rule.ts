// What a new password must be, as the note under its field.

import type { Translate } from './html.ts'
import { type Html, html } from './html.ts'

/** The part of an account's password policy that a person has to know before typing. */
export interface PasswordRule {
  /** Characters. */
  readonly minimumLength: number
  readonly requireUppercase: boolean
  readonly requireLowercase: boolean
  readonly requireNumbers: boolean
  readonly requireSymbols: boolean
  /** How many passwords before this one are refused. */
  readonly reusePrevention?: number | undefined
}

/** The rules in one sentence. */
export function passwordRuleText(t: Translate, rule: PasswordRule): Html {
  const clauses = [
    t('At least {count} characters', { count: rule.minimumLength }),
    rule.requireUppercase && t('at least one uppercase letter'),
    rule.requireLowercase && t('at least one lowercase letter'),
    rule.requireNumbers && t('at least one number'),
    rule.requireSymbols && t('at least one symbol'),
    rule.reusePrevention !== undefined &&
      t('none of your last {count} passwords', { count: rule.reusePrevention }),
  ].filter((clause) => clause !== false)
  const rules = clauses.map((clause, at) => html`${at > 0 && (t.language === 'ja' ? '、' : ', ')}${clause}`)
  return t('{rules}, not your user name and not a common password.', { rules })
}
