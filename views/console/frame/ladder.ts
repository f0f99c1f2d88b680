// A decision as a ladder: what each layer of policies said, in the order of evaluation, and what would have to change.
import { type Html, html } from '../../html.ts'
import { badge, code } from './parts.ts'
import { policyPath } from './policy-path.ts'

export interface Rung {
  /** For instance `the permissions boundary`. */
  readonly layer: string
  readonly said: 'allow' | 'explicit_deny' | 'implicit_deny'
  /** Whether the decision was made here. */
  readonly decides: boolean
  readonly statements: readonly string[]
}

export interface Ladder {
  readonly allowed: boolean
  readonly action: string
  readonly resource: string
  readonly rungs: readonly Rung[]
  /** Conditions that did not hold. */
  readonly conditions: readonly string[]
  /** Condition keys that the request lacked. */
  readonly missing: readonly string[]
  /** The smallest change that would allow it: lower case, no full stop. */
  readonly nearest: string | undefined
}

const verdicts = {
  allow: ['Allows', 'good'],
  explicit_deny: ['Denies', 'bad'],
  implicit_deny: ['Does not allow', 'care'],
} as const

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Text whose parts in backticks are shown by `show`. */
const withQuoted = (text: string, show: (quoted: string) => Html): Html =>
  html`${text.split('`').map((part, at) => (at % 2 === 1 ? show(part) : part))}`

/** Text with names in backticks, as code. */
export const marked = (text: string): Html => withQuoted(text, code)

const managedPolicy = /^arn:aws:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/

/** The same, with links to the policies that it names: for pages without a form that could be lost. */
export const withPolicyLinks = (text: string): Html =>
  withQuoted(text, (quoted) =>
    managedPolicy.test(quoted) ? html`<a href="${policyPath(quoted)}">${code(quoted)}</a>` : code(quoted),
  )

export const ladder = (p: Ladder): Html => html`<div class="decision">
<p class="verdict ${p.allowed ? 'good' : 'bad'}"><strong>${p.allowed ? 'Allowed' : 'Denied'}</strong> <code class="break">${p.action}</code> on <code class="break">${p.resource}</code></p>
<ol class="ladder">${p.rungs.map(rung)}</ol>
${p.conditions.length > 0 && html`<div><h3>Conditions that do not hold</h3><ul class="plain">${p.conditions.map((one) => html`<li>${marked(one)}</li>`)}</ul></div>`}
${p.missing.length > 0 && html`<p class="note">The request has no ${p.missing.map((key, at) => html`${at > 0 && ', '}<code>${key}</code>`)}.</p>`}
${p.nearest !== undefined && html`<p class="nearest">${marked(`${capital(p.nearest)}.`)}</p>`}
</div>`

const rung = (p: Rung): Html => {
  const [verdict, tone] = verdicts[p.said]
  return html`<li${p.decides && html` class="decides"`}><div class="rung"><span>${capital(p.layer)}</span>${badge(verdict, tone)}${p.decides && html` <span class="note">decides</span>`}</div>${p.statements.length > 0 && html`<ul class="plain">${p.statements.map((one) => html`<li>${marked(one)}</li>`)}</ul>`}</li>`
}
