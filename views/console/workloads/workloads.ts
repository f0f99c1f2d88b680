// Workloads: roles and who may become them, and whether a token would match.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type FindingView, findings, type Sentence, words } from '../access/document-review.ts'
import { type AttachForm, holderPolicies } from '../access/holder-policies.ts'
import { type AroundView, aroundSection } from '../access/picture.ts'
import { type ComparedView, comparedPart, confirmChange } from '../access/policy-editor.ts'
import { nameSegment } from '../frame/name-segment.ts'
import {
  act,
  badge,
  type Crumb,
  code,
  command,
  copied,
  done,
  facts,
  heading,
  type ListView,
  listPage,
  problemAlert,
  section,
  table,
  textOf,
  when,
} from '../frame/parts.ts'
import { counted, known, t, type Words } from '../message.ts'
import type { Part } from '../people/person.ts'

export const rolePath = (name: string): string => `/console/workloads/${nameSegment(name)}`

export interface RoleRow {
  readonly name: string
  readonly description: Words | undefined
  readonly trusts: readonly string[]
  readonly warnings: number
  readonly lastUsed: string | undefined
}

export const workloadsPage = (
  p: ListView & {
    readonly roles: readonly RoleRow[]
  },
): Html =>
  listPage(p, {
    title: t('Workloads'),
    lead: t('Roles that jobs, pods and services become for a while.'),
    add: { href: '/console/workloads/new', label: t('New role') },
    list: table(
      t('Roles'),
      [
        {
          title: t('Role'),
          cell: (one) =>
            html`<a class="strong" href="${rolePath(one.name)}">${one.name}</a>${one.description !== undefined && html`<span class="note reason">${one.description}</span>`}`,
        },
        {
          title: t('Who may become it'),
          cell: (one) =>
            one.trusts.length === 0
              ? t('Nobody')
              : html`<ul class="plain">${one.trusts.map((text) => html`<li>${known(text)}</li>`)}</ul>`,
        },
        {
          title: t('Trust'),
          cell: (one) =>
            one.warnings === 0
              ? badge(t('Fine'), 'good')
              : badge(counted(one.warnings, 'One warning', '{count} warnings'), 'care'),
        },
        { title: t('Last used'), cell: (one) => when(one.lastUsed) },
      ],
      p.roles,
      t('No role yet.'),
    ),
  })

export interface TrustStep {
  readonly step: string
  readonly ok: boolean | undefined
  readonly message: string
}

export interface TrialView {
  readonly matches: boolean | undefined
  readonly steps: readonly TrustStep[]
  readonly failed: readonly string[]
  /** Condition keys of the token. */
  readonly keys: readonly (readonly [string, string])[]
}

export interface RoleView {
  readonly name: string
  readonly arn: string
  readonly description: Words | undefined
  readonly maxSessionDuration: number
  readonly createdAt: string
  readonly lastUsed: string | undefined
  readonly trust: string
}

export interface RequestableView {
  readonly target: FormTarget
  readonly requestable: boolean
  /** Why the reader cannot change it. */
  readonly denied: Words | string | undefined
}

const requestableSwitch = (p: RequestableView): Html =>
  html`<p>${t(p.requestable ? 'People of this account who cannot become the role can ask for it.' : 'Nobody can ask for this role.')} <a href="/console/access/requests">${t('Requests')}</a></p>
${
  p.denied === undefined
    ? html`<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}${hidden('requestable', p.requestable ? 'no' : 'yes')}<button class="button quiet small" type="submit">${t(p.requestable ? 'Let nobody ask' : 'Let people ask for it')}</button></form>`
    : html`<p class="note">${textOf(p.denied)}</p>`
}`

export const rolePage = (p: {
  readonly role: RoleView
  readonly sentences: readonly Sentence[]
  readonly findings: readonly FindingView[]
  /** What the workload has to set; undefined for roles of people and of other issuers. */
  readonly job: { readonly title: string; readonly text: string } | undefined
  readonly policies: Part<{
    readonly attached: readonly { readonly name: string; readonly arn: string }[]
    readonly inline: readonly string[]
  }>
  readonly attach: AttachForm
  readonly denied: { readonly edit: string | undefined; readonly remove: string | undefined }
  /** Whether people may ask to become it, and the form that changes it. */
  readonly requestable: RequestableView
  readonly access: AroundView
  readonly trial: TrialView | undefined
  readonly trialProblem: Words | undefined
  readonly target: FormTarget
  readonly done: Words | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: p.role.name,
  crumb: { href: '/console/workloads', title: t('Workloads') },
  ...(p.role.description !== undefined && { lead: p.role.description }),
  acts: html`${act({ href: `${rolePath(p.role.name)}/trust`, label: t('Edit the trust policy'), denied: p.denied.edit, look: 'primary' })}${act({ href: `${rolePath(p.role.name)}/delete`, label: t('Delete'), denied: p.denied.remove, look: 'danger' })}`,
})}
${done(p.done)}
<div class="columns even"><div>
${section(t('Who may become it'), html`${words(p.sentences)}`)}
${section(t('Warnings'), findings(p.findings))}
${section(
  t('What it may do'),
  holderPolicies({ policies: p.policies, form: p.attach, empty: t('Nothing: it has no policies.') }),
)}
<p><a class="button quiet small" href="/console/access/ask?principal=${encodeURIComponent(p.role.arn)}">${t('Ask what it may do')}</a></p>
</div><div>
${
  p.job &&
  section(
    t('In the workload'),
    copied('job-lines', t('lines of the workload'), p.job.text),
    t('{what}, with which AWS SDKs and tools become this role.', { what: known(p.job.title) }),
  )
}
${section(
  t('Would this token match?'),
  html`<form class="stack" method="post" action="${p.target.action}">${tokenField(p.target.token)}${problemAlert(p.trialProblem)}<div class="field"><label for="token">${t('Token')}</label><textarea id="token" name="token" rows="4" maxlength="16384" spellcheck="false" autocomplete="off" autocapitalize="none" required></textarea></div><div class="form-acts"><button class="button quiet small" type="submit">${t('Try it')}</button></div></form>
${p.trial && trialView(p.trial)}`,
  t('Paste the token of a job. It is not kept, not used up, and nothing is issued.'),
)}
${section(t('Asking for it'), requestableSwitch(p.requestable))}
${section(t('Trust policy'), html`<pre class="source" tabindex="0"><code>${p.role.trust}</code></pre>`)}
${facts([
  [t('ARN'), code(p.role.arn)],
  [t('Longest session'), t('{hours} h', { hours: p.role.maxSessionDuration / 3600 })],
  [t('Created'), when(p.role.createdAt)],
  [t('Last used'), when(p.role.lastUsed)],
])}
</div></div>
${aroundSection(p.access)}
${command(p.commands)}`

const stepNames: ReadonlyMap<string, Words> = new Map([
  ['token', t('Token')],
  ['issuer', t('Issuer')],
  ['claims', t('Subject')],
  ['times', t('Times')],
  ['audience', t('Audience')],
  ['signature', t('Signature')],
  ['once', t('Used once')],
  ['trust', t('Trust policy')],
])

const trialView = (p: TrialView): Html => html`<div class="decision" role="status">
<p class="verdict ${p.matches === true ? 'good' : 'bad'}"><strong>${t(p.matches === undefined ? 'Unknown' : p.matches ? 'It would match' : 'It would not match')}</strong></p>
<ol class="steps">${p.steps.map(
  (step) =>
    html`<li${step.ok === false && html` class="decides"`}><div class="step"><span>${stepNames.get(step.step) ?? step.step}</span>${step.ok === undefined ? badge(t('Unknown')) : step.ok ? badge(t('Passes'), 'good') : badge(t('Fails'), 'bad')}</div><p class="note">${known(step.message)}</p></li>`,
)}</ol>
${p.failed.length > 0 && html`<div><h3>${t('Conditions that do not hold')}</h3><ul class="plain">${p.failed.map((one) => html`<li>${known(one)}</li>`)}</ul></div>`}
${p.keys.length > 0 && html`<details class="more"><summary>${t('Condition keys of this token')}</summary>${facts(p.keys.map(([key, value]) => [html`${key}`, code(value)] as const))}</details>`}
</div>`

export const trustEditorPage = (p: {
  readonly title: Words
  readonly crumb: Crumb
  readonly target: FormTarget
  readonly document: string
  readonly problem: Words | string | undefined
  readonly checked:
    | {
        readonly findings: readonly FindingView[]
        readonly sentences: readonly Sentence[]
        readonly compared: readonly ComparedView[]
      }
    | undefined
  /** Names the comparison that this page shows; empty without one. */
  readonly reviewed: string
  /** Nothing is saved yet: the comparison is shown first, with the button that saves. */
  readonly confirm: boolean
  readonly commands: readonly string[]
}): Html => html`${heading({ title: p.title, crumb: p.crumb })}
<form class="stack" method="post" action="${p.target.action}" novalidate>${tokenField(p.target.token)}<input type="hidden" name="reviewed" value="${p.reviewed}">${problemAlert(p.problem)}${p.confirm && confirmChange(p.checked?.compared ?? [])}
<div class="columns even"><div>
<div class="field"><label for="document">${t('Trust policy')}</label><textarea class="document" id="document" name="document" rows="20" spellcheck="false" autocapitalize="none" autocomplete="off" wrap="off" maxlength="20000">
${p.document}</textarea></div>
<div class="form-acts"><button class="button quiet" type="submit" name="do" value="check">${t('Check')}</button><button class="button primary" type="submit" name="do" value="save">${t('Save')}</button><a class="button quiet" href="${p.crumb.href}">${t('Cancel')}</a></div>
</div><div>${
  p.checked
    ? html`${section(t('Warnings'), findings(p.checked.findings))}${p.checked.sentences.length > 0 && section(t('In words'), words(p.checked.sentences))}${!p.confirm && comparedPart(p.checked.compared)}`
    : html`<p class="empty">${t('Check shows who may become the role, in words, its warnings, and who gains or loses by the change. Nothing is saved.')}</p>`
}</div></div></form>
${command(p.commands)}`

export const presetsPage = (p: {
  readonly presets: readonly { readonly name: string; readonly title: string; readonly issuer: string }[]
}): Html => html`${heading({
  title: t('New role'),
  crumb: { href: '/console/workloads', title: t('Workloads') },
  lead: t('Who or what becomes the role?'),
})}
<ul class="tiles"><li><a class="tile" href="/console/workloads/new/account"><span class="strong">${t('A person or role of this account')}</span><span class="note">${t('Signs in here, or has an access key')}</span></a></li>${p.presets.map(({ name, title, issuer }) => html`<li><a class="tile" href="/console/workloads/new?preset=${encodeURIComponent(name)}"><span class="strong">${known(title)}</span><span class="note break">${known(issuer.replaceAll('`', ''))}</span></a></li>`)}</ul>`
