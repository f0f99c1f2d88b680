// What a policy document says and answers: its sentences, the decision about a question, and its tests. Pure, and bundled for the
// editor's page as it is, so that the page shows while typing what the server shows after Check.
import type { Sentence, TestView } from '../../../views/console/access/document-review.ts'
import type { DecisionView } from '../../../views/console/frame/decision.ts'
import { fieldFault, known, sentences, t, type Words } from '../../../views/console/message.ts'
import { describeTest, type PolicyTest, parseTests, runTests } from '../../policy/engine/policy-tests.ts'
import { type DocumentKind, parseDocument } from '../../policy/language/document.ts'
import { inWords } from '../../policy/language/in-words.ts'
import { isProblem } from '../../problem.ts'
import { viewOfExplanation } from '../frame/decision.ts'
import { sentence } from '../frame/sentence.ts'
import { typedEntries } from './context-lines.ts'

export const sentencesOf = (text: string, kind: DocumentKind): readonly Sentence[] => {
  const { document } = parseDocument(text, kind)
  return document === undefined ? [] : inWords(document)
}

/** A question as it was typed. */
export interface TypedQuestion {
  readonly principal: string
  readonly action: string
  readonly resource: string
  /** One `key=value` on each line. */
  readonly context: string
}

/** The question as a test that expects `expect`; a problem in words when it is not complete or not well-formed. */
export function testOfQuestion(
  { principal, action, resource, context }: TypedQuestion,
  expect: PolicyTest['expect'],
): { readonly test?: PolicyTest; readonly problem?: Words } {
  try {
    const entries = typedEntries(context)
    const { tests, faults } = parseTests([
      {
        ...(principal !== '' && { principal }),
        action,
        resource: resource === '' ? '*' : resource,
        context: Object.fromEntries(
          entries.map(({ name, values }) => [name, values.length === 1 ? (values[0] ?? '') : values]),
        ),
        expect,
      },
    ])
    if (tests?.[0] !== undefined) return { test: tests[0] }
    return { problem: sentences((faults ?? []).map(problemOf)) }
  } catch (error) {
    if (isProblem(error, 'validation')) return { problem: known(sentence(error.message)) }
    throw error
  }
}

const labels = {
  principal: t('Person or role'),
  action: t('Action'),
  resource: t('Resource'),
  context: t('Condition keys'),
  expect: t('Expected answer'),
} as const satisfies Record<keyof PolicyTest, Words>

const problemOf = ({
  member,
  message,
}: {
  readonly member: keyof PolicyTest | undefined
  readonly message: string
}): Words => (member === undefined ? known(sentence(message)) : fieldFault(labels[member], message))

/** The question of a test, to be typed on. */
export const questionOfTest = ({
  principal = '',
  action,
  resource,
  context = {},
}: PolicyTest): TypedQuestion => ({
  principal,
  action,
  resource,
  context: Object.entries(context)
    .flatMap(([key, value]) => [value].flat().map((one) => `${key}=${one}`))
    .join('\n'),
})

/** What this document alone answers; nothing when it cannot be read. */
export function answerOf(
  text: string,
  question: TypedQuestion,
  accountId: string,
): {
  readonly answer?: DecisionView
  readonly problem?: Words
} {
  if (question.action === '' && question.resource === '') return {}
  const { test, problem } = testOfQuestion(question, 'allow')
  if (test === undefined) return problem === undefined ? {} : { problem }
  const [result] = resultsOf(text, [test], accountId) ?? []
  return result === undefined ? {} : { answer: viewOfExplanation(result.request, result.explanation) }
}

/** Undefined when the document cannot be read. */
function resultsOf(text: string, tests: readonly PolicyTest[], accountId: string) {
  try {
    return runTests(text, tests, { accountId })
  } catch (error) {
    if (isProblem(error, 'malformed_policy')) return undefined
    throw error
  }
}

/** Decisions of failing tests beyond these are left out: each is computed and shown in full. */
const mostDecisions = 10

/** Every test with its result, and the decision about those that fail. */
export function testViews(
  text: string,
  tests: readonly PolicyTest[],
  accountId: string,
): readonly TestView[] {
  const results = resultsOf(text, tests, accountId)
  let decisions = 0
  return tests.map((test, at) => {
    const result = results?.[at]
    const words = describeTest(test)
    if (result === undefined) return { words, state: 'not run' }
    if (result.passes) return { words, state: 'passes' }
    const shown = decisions++ < mostDecisions
    return {
      words,
      state: 'fails',
      decision: shown ? viewOfExplanation(result.request, result.explanation) : undefined,
    }
  })
}
