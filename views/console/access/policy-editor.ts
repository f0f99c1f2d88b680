// The editor of a policy document, with its tests and a question to ask it.
import type { FormTarget } from '../../form.ts'
import { tokenField } from '../../form.ts'
import { type Fragment, type Html, html } from '../../html.ts'
import { badge, caution, command, heading, problemAlert, section } from '../frame/parts.ts'
import { remote, type SuggestionsOf, suggestAttributes, suggestList } from '../frame/suggest.ts'
import { known, t, type Words } from '../message.ts'
import { type ReviewView, reviewPart, type TestView, testsPart } from './document-review.ts'

export interface ComparedView {
  readonly title: Words
  readonly verdict: Words
  readonly tone: 'good' | 'bad' | 'care'
  /** An example request. */
  readonly example: readonly string[]
}

/** What the page shows in its language while somebody types: translations by their English texts. */
export interface EditorTexts {
  readonly messages: Readonly<Record<string, string>>
  /** Of the policy engine. */
  readonly known: Readonly<Record<string, string>>
}

export interface EditorView {
  readonly title: Words
  readonly account: string
  /** EditorTexts as JSON; empty in English. */
  readonly texts: string
  /** Undefined: a new policy. */
  readonly arn: string | undefined
  /** The version that was in force when the form was opened. */
  readonly base: string
  readonly crumb: { readonly href: string; readonly title: Words }
  readonly target: FormTarget
  readonly name: string
  readonly description: string
  readonly document: string
  readonly problem: Words | string | undefined
  readonly nameProblem: Words | undefined
  /** Undefined: it was not checked yet. */
  readonly checked: (ReviewView & { readonly compared: readonly ComparedView[] }) | undefined
  readonly ask: {
    readonly principal: string
    readonly action: string
    readonly resource: string
    readonly context: string
    /** Position of the test that the question was taken from, to be put back there. */
    readonly editing: number | undefined
    readonly problem: Words | undefined
  }
  readonly tests: {
    readonly views: readonly TestView[]
    /** The tests as JSON, as the form sends them again. */
    readonly json: string
    /** What was just done to them, or why it was not. */
    readonly note: Words | undefined
    /** Why the person may not change them. */
    readonly denied: string | undefined
  }
  /** Names the comparison that this page shows; empty without one. */
  readonly reviewed: string
  /** The refusal from which a statement was filled in: who was refused, and the page of the entry. */
  readonly filledFrom: { readonly who: Words; readonly href: string } | undefined
  /** Whom a new policy is attached to next; empty: nobody. */
  readonly holder: string
  /** Nothing is saved yet: the comparison is shown first, with the button that saves. */
  readonly confirm: boolean
  readonly commands: readonly string[]
}

/** Before a change is saved: who gains and who loses by it. */
export const confirmChange = (compared: readonly ComparedView[]): Html =>
  html`<div class="stack" id="confirm">${caution(t('Nothing is saved yet. Check who gains access and who loses it.'))}${comparedPart(compared)}<div class="form-acts"><button class="button primary" type="submit" name="do" value="save">${t('Save this change')}</button></div></div>`

export const editorPage = (p: EditorView): Html => html`${heading({ title: p.title, crumb: p.crumb })}
<form class="stack" method="post" action="${p.target.action}" data-account="${p.account}" data-texts="${p.texts}" novalidate>${tokenField(p.target.token)}
<input type="hidden" name="reviewed" value="${p.reviewed}"><input type="hidden" name="holder" value="${p.holder}">
${problemAlert(p.problem)}
${p.filledFrom && caution(t('The last statement is filled in from {refusal}. Nothing is saved yet.', { refusal: html`<a href="${p.filledFrom.href}">${t('what {who} was refused', { who: p.filledFrom.who })}</a>` }))}
${p.confirm && confirmChange(p.checked?.compared ?? [])}
${
  p.arn === undefined
    ? html`<div class="field form-column"><label for="name">${t('Name')}</label><input type="text" id="name" name="name" value="${p.name}" required maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false"${p.nameProblem !== undefined && html` aria-invalid="true" aria-describedby="name-problem"`}>${p.nameProblem !== undefined && html`<p class="field-problem" id="name-problem">${p.nameProblem}</p>`}</div>
<div class="field form-column"><label for="description">${t('Description')} <span class="optional">${t('optional')}</span></label><input type="text" id="description" name="description" value="${p.description}" maxlength="1000" autocomplete="off"></div>`
    : html`<input type="hidden" name="arn" value="${p.arn}">`
}<input type="hidden" name="base" value="${p.base}"><input type="hidden" name="tests" value="${p.tests.json}">${p.ask.editing !== undefined && html`<input type="hidden" name="editing" value="${p.ask.editing}">`}
<div class="columns even"><div>
<div class="field"><label for="document">${t('Document')}</label><textarea class="document" id="document" name="document" rows="24" spellcheck="false" autocapitalize="none" autocomplete="off" wrap="off" maxlength="20000">
${p.document}</textarea></div>
<div class="form-acts"><button class="button quiet" type="submit" name="do" value="check">${t('Check')}</button><button class="button primary" type="submit" name="do" value="save">${t('Save')}</button><a class="button quiet" href="${p.crumb.href}">${t('Cancel')}</a></div>
<div id="policy-tests" class="stack">${testsPart(p.tests.views)}</div>
${p.tests.note !== undefined && html`<p class="note" role="status">${p.tests.note}</p>`}
${p.tests.denied !== undefined && html`<p class="note">${known(p.tests.denied)}</p>`}
</div><div>
<div id="review" class="stack">${p.checked ? reviewPart(p.checked) : html`<p class="empty">${t('Check shows what the document says in words, its warnings, and who gains or loses by it. Nothing is saved.')}</p>`}</div>
<div id="compared">${p.checked && !p.confirm && comparedPart(p.checked.compared)}</div>
${askPart(p)}
</div></div></form>
${command(p.commands)}`

const contextExample = 'aws:SourceIp=192.0.2.7'

const askPart = ({
  ask,
}: EditorView): Html => html`<fieldset class="asking"><legend>${t('Ask this document')}</legend>
${askField('principal', html`${t('Person or role')} <span class="optional">${t('optional')}</span>`, ask.principal, 'arn:aws:iam::123456789012:user/ada', 'principal')}
${askField('action', t('Action'), ask.action, 'docs:GetDocument', 'action')}
${askField('resource', t('Resource'), ask.resource, 'arn:aws:docs:::documents/drafts/1', 'resource')}
<div class="field"><label for="ask-context">${t('Condition keys')} <span class="optional">${t('optional')}</span></label><textarea id="ask-context" name="ask-context" rows="2" placeholder="${contextExample}" maxlength="4096" spellcheck="false" aria-describedby="ask-note">
${ask.context}</textarea><p class="note" id="ask-note">${t('One key=value on each line.')}</p></div>
${ask.problem !== undefined && html`<p class="field-problem" role="alert">${ask.problem}</p>`}
<div class="form-acts"><button class="button quiet small" type="submit" name="do" value="check">${t('Ask')}</button></div>
<p class="note">${ask.editing === undefined ? t('Keep the question as a test that expects it to be') : t('Put it back as test {number}, which expects it to be', { number: ask.editing + 1 })}</p>
<div class="form-acts"><button class="button quiet small" type="submit" name="do" value="keep-allow">${t('Allowed')}</button><button class="button quiet small" type="submit" name="do" value="keep-deny">${t('Denied')}</button></div>
</fieldset>`

const askField = (name: string, label: Fragment, value: string, hint: string, of: SuggestionsOf): Html =>
  html`<div class="field"><label for="ask-${name}">${label}</label><input type="text" id="ask-${name}" name="ask-${name}" value="${value}" placeholder="${hint}" maxlength="2048" autocomplete="off" autocapitalize="none" spellcheck="false"${suggestAttributes(`ask-${name}`, remote(of))}>${suggestList(`ask-${name}`, remote(of))}</div>`

export const comparedPart = (compared: readonly ComparedView[]): Html | false =>
  compared.length > 0 &&
  section(
    t('Who gains, who loses'),
    html`<ul class="findings">${compared.map((one) => html`<li>${badge(one.title, one.tone)} ${one.verdict}${one.example.length > 0 && html`<ul class="plain example">${one.example.map((line) => html`<li>${known(line)}</li>`)}</ul>`}</li>`)}</ul>`,
    t('Compared with what is in force now.'),
  )
