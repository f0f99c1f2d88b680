// Workloads: roles and who may become them, and whether a token would match.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type FindingView, findings, type Sentence, words } from '../access/document-review.ts'
import { type AttachForm, holderPolicies } from '../access/holder-policies.ts'
import { type AroundView, aroundSection } from '../access/picture.ts'
import { type ComparedView, comparedPart, confirmChange } from '../access/policy-editor.ts'
import { marked } from '../frame/ladder.ts'
import { nameSegment } from '../frame/name-segment.ts'
import {
  act,
  badge,
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
  when,
} from '../frame/parts.ts'
import type { Part } from '../people/person.ts'

export const rolePath = (name: string): string => `/console/workloads/${nameSegment(name)}`

export interface RoleRow {
  readonly name: string
  readonly description: string | undefined
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
    title: 'Workloads',
    lead: 'Roles that jobs, pods and services become for a while.',
    add: { href: '/console/workloads/new', label: 'New role' },
    list: table(
      'Roles',
      [
        {
          title: 'Role',
          cell: (one) =>
            html`<a class="strong" href="${rolePath(one.name)}">${one.name}</a>${one.description !== undefined && html`<span class="note reason">${one.description}</span>`}`,
        },
        {
          title: 'Who may become it',
          cell: (one) =>
            one.trusts.length === 0
              ? 'Nobody'
              : html`<ul class="plain">${one.trusts.map((text) => html`<li>${marked(text)}</li>`)}</ul>`,
        },
        {
          title: 'Trust',
          cell: (one) =>
            one.warnings === 0
              ? badge('Fine', 'good')
              : badge(one.warnings === 1 ? 'One warning' : `${one.warnings} warnings`, 'care'),
        },
        { title: 'Last used', cell: (one) => when(one.lastUsed) },
      ],
      p.roles,
      'No role yet.',
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
  readonly description: string | undefined
  readonly maxSessionDuration: number
  readonly createdAt: string
  readonly lastUsed: string | undefined
  readonly trust: string
}

export interface RequestableView {
  readonly target: FormTarget
  readonly requestable: boolean
  /** Why the reader cannot change it. */
  readonly denied: string | undefined
}

const requestableSwitch = (p: RequestableView): Html =>
  html`<p>${p.requestable ? 'People of this account who cannot become the role can ask for it.' : 'Nobody can ask for this role.'} <a href="/console/access/requests">Requests</a></p>
${
  p.denied === undefined
    ? html`<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}${hidden('requestable', p.requestable ? 'no' : 'yes')}<button class="button quiet small" type="submit">${p.requestable ? 'Let nobody ask' : 'Let people ask for it'}</button></form>`
    : html`<p class="note">${p.denied}</p>`
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
  readonly trialProblem: string | undefined
  readonly target: FormTarget
  readonly done: string | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: p.role.name,
  crumb: { href: '/console/workloads', title: 'Workloads' },
  ...(p.role.description !== undefined && { lead: p.role.description }),
  acts: html`${act({ href: `${rolePath(p.role.name)}/trust`, label: 'Edit the trust policy', denied: p.denied.edit, look: 'primary' })}${act({ href: `${rolePath(p.role.name)}/delete`, label: 'Delete', denied: p.denied.remove, look: 'danger' })}`,
})}
${done(p.done)}
<div class="columns even"><div>
${section('Who may become it', html`${words(p.sentences)}`)}
${section('Warnings', findings(p.findings))}
${section(
  'What it may do',
  holderPolicies({ policies: p.policies, form: p.attach, empty: 'Nothing: it has no policies.' }),
)}
<p><a class="button quiet small" href="/console/access/ask?principal=${encodeURIComponent(p.role.arn)}">Ask what it may do</a></p>
</div><div>
${
  p.job &&
  section(
    'In the workload',
    copied('job-lines', 'lines of the workload', p.job.text),
    `${p.job.title}, with which AWS SDKs and tools become this role.`,
  )
}
${section(
  'Would this token match?',
  html`<form class="stack" method="post" action="${p.target.action}">${tokenField(p.target.token)}${problemAlert(p.trialProblem)}<div class="field"><label for="token">Token</label><textarea id="token" name="token" rows="4" maxlength="16384" spellcheck="false" autocomplete="off" autocapitalize="none" required></textarea></div><div class="form-acts"><button class="button quiet small" type="submit">Try it</button></div></form>
${p.trial && trialView(p.trial)}`,
  'Paste the token of a job. It is not kept, not used up, and nothing is issued.',
)}
${section('Asking for it', requestableSwitch(p.requestable))}
${section('Trust policy', html`<pre class="source" tabindex="0"><code>${p.role.trust}</code></pre>`)}
${facts([
  ['ARN', code(p.role.arn)],
  ['Longest session', `${p.role.maxSessionDuration / 3600} h`],
  ['Created', when(p.role.createdAt)],
  ['Last used', when(p.role.lastUsed)],
])}
</div></div>
${aroundSection(p.access)}
${command(p.commands)}`

const stepNames: ReadonlyMap<string, string> = new Map([
  ['token', 'Token'],
  ['issuer', 'Issuer'],
  ['claims', 'Subject'],
  ['times', 'Times'],
  ['audience', 'Audience'],
  ['signature', 'Signature'],
  ['once', 'Used once'],
  ['trust', 'Trust policy'],
])

const trialView = (p: TrialView): Html => html`<div class="decision" role="status">
<p class="verdict ${p.matches === true ? 'good' : 'bad'}"><strong>${p.matches === undefined ? 'Unknown' : p.matches ? 'It would match' : 'It would not match'}</strong></p>
<ol class="ladder">${p.steps.map(
  (step) =>
    html`<li${step.ok === false && html` class="decides"`}><div class="rung"><span>${stepNames.get(step.step) ?? step.step}</span>${step.ok === undefined ? badge('Unknown') : step.ok ? badge('Passes', 'good') : badge('Fails', 'bad')}</div><p class="note">${marked(step.message)}</p></li>`,
)}</ol>
${p.failed.length > 0 && html`<div><h3>Conditions that do not hold</h3><ul class="plain">${p.failed.map((one) => html`<li>${marked(one)}</li>`)}</ul></div>`}
${p.keys.length > 0 && html`<details class="more"><summary>Condition keys of this token</summary>${facts(p.keys.map(([key, value]) => [key, code(value)] as const))}</details>`}
</div>`

export const trustEditorPage = (p: {
  readonly title: string
  readonly crumb: { readonly href: string; readonly title: string }
  readonly target: FormTarget
  readonly document: string
  readonly problem: string | undefined
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
<div class="field"><label for="document">Trust policy</label><textarea class="document" id="document" name="document" rows="20" spellcheck="false" autocapitalize="none" autocomplete="off" wrap="off" maxlength="20000">
${p.document}</textarea></div>
<div class="form-acts"><button class="button quiet" type="submit" name="do" value="check">Check</button><button class="button primary" type="submit" name="do" value="save">Save</button><a class="button quiet" href="${p.crumb.href}">Cancel</a></div>
</div><div>${
  p.checked
    ? html`${section('Warnings', findings(p.checked.findings))}${p.checked.sentences.length > 0 && section('In words', words(p.checked.sentences))}${!p.confirm && comparedPart(p.checked.compared)}`
    : html`<p class="empty">Check shows who may become the role, in words, its warnings, and who gains or loses by the change. Nothing is saved.</p>`
}</div></div></form>
${command(p.commands)}`

export const presetsPage = (p: {
  readonly presets: readonly { readonly name: string; readonly title: string; readonly issuer: string }[]
}): Html => html`${heading({
  title: 'New role',
  crumb: { href: '/console/workloads', title: 'Workloads' },
  lead: 'Who or what becomes the role?',
})}
<ul class="tiles"><li><a class="tile" href="/console/workloads/new/account"><span class="strong">A person or role of this account</span><span class="note">Signs in here, or has an access key</span></a></li>${p.presets.map(({ name, title, issuer }) => html`<li><a class="tile" href="/console/workloads/new?preset=${encodeURIComponent(name)}"><span class="strong">${title}</span><span class="note break">${issuer.replaceAll('`', '')}</span></a></li>`)}</ul>`
