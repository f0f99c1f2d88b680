// What a policy document says and does: sentences, warnings, tests. Also in the editor's page, while typing.
import { type Html, html } from '../../html.ts'
import { type DecisionView, decisionPart } from '../frame/decision.ts'
import { badge, section } from '../frame/parts.ts'
import { counted, known, t, type Words } from '../message.ts'

export interface Sentence {
  readonly effect: 'Allow' | 'Deny'
  readonly sid: string | undefined
  readonly text: string
}

export const words = (sentences: readonly Sentence[]): Html =>
  html`<ol class="words">${sentences.map((one) => html`<li${one.effect === 'Deny' && html` class="deny"`}>${one.sid !== undefined && html`<span class="note">${one.sid}: </span>`}${known(one.text)}</li>`)}</ol>`

export interface FindingView {
  readonly severity: 'error' | 'warning' | 'note'
  readonly message: string
  readonly line: number
  readonly fix: string
}

const tones = { error: 'bad', warning: 'care', note: 'neutral' } as const
const severities = { error: t('Error'), warning: t('Warning'), note: t('Note') } as const

export const findings = (list: readonly FindingView[]): Html =>
  list.length === 0
    ? html`<p class="note">${t('No warnings.')}</p>`
    : html`<ul class="findings">${list.map((one) => html`<li>${badge(severities[one.severity], tones[one.severity])} <span class="note">${t('Line {line}', { line: one.line })}</span> ${known(one.message)}${one.fix !== '' && html`<span class="note reason">${known(one.fix)}</span>`}</li>`)}</ul>`

export interface TestView {
  /** For instance "`docs:GetDocument` on `…` is allowed". */
  readonly words: string
  /** `not run`: the document cannot be read. */
  readonly state: 'passes' | 'fails' | 'not run'
  /** Of a test that fails, if it is shown. */
  readonly decision?: DecisionView | undefined
}

const states = {
  passes: [t('Passes'), 'good'],
  fails: [t('Fails'), 'bad'],
  'not run': [t('Not run'), 'neutral'],
} as const

/** @param acts what can be done with the test at this position */
export const testList = (tests: readonly TestView[], acts?: (at: number) => Html): Html =>
  html`<ol class="findings tests">${tests.map((one, at) => {
    const [label, tone] = states[one.state]
    return html`<li><div class="test"><span>${badge(label, tone)} ${known(one.words)}</span>${acts?.(at)}</div>${one.decision && html`<details class="test-why" open><summary>${t('Why')}</summary>${decisionPart(one.decision)}</details>`}</li>`
  })}</ol>`

/** For instance "2 of 5 fail". */
export function testCount(tests: readonly TestView[]): Words {
  const failing = tests.filter(({ state }) => state === 'fails').length
  if (tests.some(({ state }) => state === 'not run')) return t('Not run: the document has errors.')
  if (failing === 0) return counted(tests.length, 'The test passes.', 'All {count} tests pass.')
  return counted(tests.length, '{failing} of {count} test fails.', '{failing} of {count} tests fail.', {
    failing,
  })
}

/** The tests with their results and what can be done with them. */
export const testsPart = (views: readonly TestView[]): Html =>
  section(
    t('Tests'),
    views.length === 0
      ? html`<p class="empty">${t('None. Ask the document a question, then keep it as a test: the policy is not saved here while a test fails.')}</p>`
      : testList(
          views,
          (at) =>
            html`<span class="test-acts"><button class="button quiet small" type="submit" name="do" value="edit-${at}" aria-label="${t('Edit test {number}', { number: at + 1 })}">${t('Edit')}</button><button class="button quiet small" type="submit" name="do" value="remove-${at}" aria-label="${t('Remove test {number}', { number: at + 1 })}">${t('Remove')}</button></span>`,
        ),
    views.length === 0 ? undefined : testCount(views),
  )

export interface ReviewView {
  readonly findings: readonly FindingView[]
  readonly sentences: readonly Sentence[]
  /** Undefined: nothing was asked. */
  readonly answer: DecisionView | undefined
}

/** What the document says, and its answer to the question. */
export const reviewPart = (
  checked: ReviewView,
): Html => html`${checked.answer && section(t('Answer'), decisionPart(checked.answer))}
${section(t('Warnings'), findings(checked.findings))}
${checked.sentences.length > 0 && section(t('In words'), words(checked.sentences))}`
