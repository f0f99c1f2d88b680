// A decision: what each layer of policies decided, in the order of evaluation, and what would have to change.
import { type Html, html, type Localizable } from '../../html.ts'
import { known, t, type Words } from '../message.ts'
import { badge, code } from './parts.ts'
import { policyPath } from './policy-path.ts'

export interface LayerView {
  /** For instance `The permissions boundary`. */
  readonly layer: Words
  readonly said: 'allow' | 'explicit_deny' | 'implicit_deny'
  /** Whether the decision was made here. */
  readonly decides: boolean
  readonly statements: readonly string[]
}

export interface DecisionView {
  readonly allowed: boolean
  readonly action: string
  readonly resource: string
  readonly layers: readonly LayerView[]
  /** Conditions that did not hold. */
  readonly conditions: readonly string[]
  /** Condition keys that the request lacked. */
  readonly missing: readonly string[]
  /** The smallest change that would allow it: lower case, no full stop. */
  readonly nearest: string | undefined
}

const verdicts = {
  allow: [t('Allows'), 'good'],
  explicit_deny: [t('Denies'), 'bad'],
  implicit_deny: [t('Does not allow'), 'care'],
} as const

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const managedPolicy = /^arn:aws:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/

/**
 * A text as `known` shows it, with links to the policies that it names: for pages without a form that could be lost.
 * @param text of an operation or of the policy engine
 */
export const withPolicyLinks =
  (text: string): Localizable =>
  ({ knownText }) =>
    knownText(text)
      .split('`')
      .map((part, at) => (at % 2 === 1 ? policyLink(part) : part))

const policyLink = (quoted: string): Html =>
  managedPolicy.test(quoted) ? html`<a href="${policyPath(quoted)}">${code(quoted)}</a>` : code(quoted)

export const decisionPart = (p: DecisionView): Html => html`<div class="decision">
<p class="verdict ${p.allowed ? 'good' : 'bad'}">${t('{verdict} {action} on {resource}', { verdict: html`<strong>${t(p.allowed ? 'Allowed' : 'Denied')}</strong>`, action: code(p.action), resource: code(p.resource) })}</p>
<ol class="steps">${p.layers.map(layerItem)}</ol>
${p.conditions.length > 0 && html`<div><h3>${t('Conditions that do not hold')}</h3><ul class="plain">${p.conditions.map((one) => html`<li>${known(one)}</li>`)}</ul></div>`}
${p.missing.length > 0 && html`<p class="note">${t('The request has no {keys}.', { keys: p.missing.map((key, at) => html`${at > 0 && ', '}<code>${key}</code>`) })}</p>`}
${p.nearest !== undefined && html`<p class="nearest">${known(`${capital(p.nearest)}.`)}</p>`}
</div>`

const layerItem = (p: LayerView): Html => {
  const [verdict, tone] = verdicts[p.said]
  return html`<li${p.decides && html` class="decides"`}><div class="step"><span>${p.layer}</span>${badge(verdict, tone)}${p.decides && html` <span class="note">${t('decides')}</span>`}</div>${p.statements.length > 0 && html`<ul class="plain">${p.statements.map((one) => html`<li>${known(one)}</li>`)}</ul>`}</li>`
}
