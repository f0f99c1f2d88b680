// The policies of a person, group or role on their own page: each with what detaches it, and the form that attaches another.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Fragment, type Html, html } from '../../html.ts'
import { act, textOf } from '../frame/parts.ts'
import { policyPath } from '../frame/policy-path.ts'
import { type NamedView, namedField } from '../frame/suggest.ts'
import { t } from '../message.ts'
import { type Part, partOf } from '../people/person.ts'

export interface AttachedPolicy {
  readonly name: string
  readonly arn: string
}

export interface OwnPolicies {
  readonly attached: readonly AttachedPolicy[]
  readonly inline: readonly string[]
}

/** The form that attaches a policy; its address also asks before one is detached. */
export interface AttachForm {
  readonly target: FormTarget
  /** Why the reader may not. */
  readonly denied: { readonly attach: string | undefined; readonly detach: string | undefined }
  /** The policy that is named. */
  readonly policy: NamedView
}

export const holderPolicies = (p: {
  readonly policies: Part<OwnPolicies>
  readonly form: AttachForm
  /** What stands there without policies. */
  readonly empty: Fragment
}): Html => html`${partOf(p.policies, ({ attached, inline }) =>
  attached.length + inline.length === 0
    ? html`<p class="empty">${p.empty}</p>`
    : html`<ul class="tree">${attached.map((one) => html`<li><div class="tree-head"><a href="${policyPath(one.arn)}">${one.name}</a>${detach(p.form, one)}</div></li>`)}${inline.map((name) => html`<li><div class="tree-head"><span>${name} <span class="note">${t('inline')}</span></span></div></li>`)}</ul>`,
)}
${
  p.form.denied.attach === undefined
    ? html`<form class="filter" method="post" action="${p.form.target.action}">${tokenField(p.form.target.token)}${hidden('do', 'attach')}${namedField({ id: 'attach-policy', name: 'policy', label: t('Attach a policy'), hint: t('Name or ARN'), ...p.form.policy })}<button class="button quiet small" type="submit">${t('Attach')}</button></form>`
    : html`<details class="command"><summary>${t('You may not attach a policy')}</summary><p class="note">${textOf(p.form.denied.attach)}</p></details>`
}`

const detach = ({ target, denied }: AttachForm, { name, arn }: AttachedPolicy): Html =>
  act({
    href: `${target.action}?policy=${encodeURIComponent(arn)}&do=detach`,
    label: html`<span aria-hidden="true">${t('Detach')}</span><span class="visually-hidden">${t('Detach {policy}', { policy: name })}</span>`,
    denied: denied.detach,
  })
