// Ask what somebody may do, and explain a refusal from its reference.
import { type Html, html } from '../../html.ts'
import { type ActivityRow, entryPath, outcomeBadge, rowTitle } from '../activity/activity.ts'
import { type DecisionView, decisionPart, withPolicyLinks } from '../frame/decision.ts'
import { command, heading, section, textOf, when } from '../frame/parts.ts'
import { remote, type SuggestionsOf, suggestAttributes, suggestList } from '../frame/suggest.ts'
import { known, t, type Words } from '../message.ts'
import { accessTabs } from './access.ts'
import { type RemedyView, remedies } from './remedies.ts'

const contextExample = 'aws:SourceIp=192.0.2.7'

export const askPage = (p: {
  readonly values: {
    readonly principal: string
    readonly action: string
    readonly resource: string
    readonly context: string
  }
  readonly problem: string | undefined
  readonly answer: DecisionView | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({ title: t('Access') })}
${accessTabs('ask')}
<p class="sub">${t('What a person or role may do, and why. Nothing is done.')}</p>
<form class="stack form-column" method="get" action="/console/access/ask">
${field('principal', t('Person, group or role'), p.values.principal, 'arn:aws:iam::123456789012:user/ada', 'principal')}
${field('action', t('Action'), p.values.action, 'docs:GetDocument', 'action')}
${field('resource', t('Resource'), p.values.resource, 'arn:aws:docs:::documents/drafts/1', 'resource')}
<div class="field"><label for="context">${t('Condition keys')} <span class="optional">${t('optional')}</span></label><textarea id="context" name="context" rows="2" placeholder="${contextExample}" maxlength="4096" spellcheck="false" aria-describedby="context-note">
${p.values.context}</textarea><p class="note" id="context-note">${t('One key=value on each line.')}</p></div>
${p.problem !== undefined && html`<p class="alert" role="alert"><span class="sign" aria-hidden="true">!</span><span>${known(p.problem)}</span></p>`}
<div class="form-acts"><button class="button primary" type="submit">${t('Ask')}</button></div>
</form>
${p.answer && section(t('Answer'), decisionPart(p.answer))}
${p.commands.length > 0 && command(p.commands)}`

const field = (name: string, label: Words, value: string, hint: string, of: SuggestionsOf): Html =>
  html`<div class="field"><label for="${name}">${label}</label><input type="text" id="${name}" name="${name}" value="${value}" placeholder="${hint}" maxlength="2048" autocomplete="off" autocapitalize="none" spellcheck="false"${suggestAttributes(name, remote(of))}>${suggestList(name, remote(of))}</div>`

export interface ExplainedEntry {
  readonly row: ActivityRow
  readonly decision: DecisionView | undefined
  readonly remedies: readonly RemedyView[]
  readonly allowedBy: readonly string[]
}

export const explainPage = (p: {
  readonly reference: string
  readonly problem: Words | string | undefined
  readonly entries: readonly ExplainedEntry[]
  readonly commands: readonly string[]
}): Html => html`${heading({ title: t('Access') })}
${accessTabs('explain')}
<p class="sub">${t('Paste the reference of a request, or the whole error message that contains it: what was decided, as it was then.')}</p>
<form class="stack form-column" method="get" action="/console/access/explain">
<div class="field"><label for="reference">${t('Reference or error message')}</label><textarea id="reference" name="reference" rows="3" maxlength="4096" spellcheck="false">
${p.reference}</textarea></div>
${p.problem !== undefined && html`<p class="alert" role="alert"><span class="sign" aria-hidden="true">!</span><span>${textOf(p.problem)}</span></p>`}
<div class="form-acts"><button class="button primary" type="submit">${t('Explain')}</button></div>
</form>
${p.entries.map(
  ({ row, decision, remedies: all, allowedBy }) =>
    html`<section class="part"><div class="section-head"><h2>${rowTitle(row)}</h2><p class="note">${when(row.time)} ${outcomeBadge(row.outcome)} ${row.repeated} <a href="${entryPath(row.id)}">${t('Entry')}</a></p></div>
${decision ? html`${decisionPart(decision)}${remedies(all)}` : row.reason !== undefined && html`<p>${row.reason}</p>`}
${allowedBy.length > 0 && html`<ul class="plain">${allowedBy.map((one) => html`<li>${withPolicyLinks(one)}</li>`)}</ul>`}</section>`,
)}
${p.commands.length > 0 && command(p.commands)}`
