// The picture of a role, a group or a policy with its two questions, as a part of their pages.
import type { AroundView, Picture } from '../../../views/console/access/picture.ts'
import { t, type Words } from '../../../views/console/message.ts'
import type { QuestionInput } from '../../iam/access/read-access.ts'
import { type AroundAccess, mostWho } from '../../iam/access/read-around.ts'
import { pathWith } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import {
  answerView,
  incompleteOf,
  openIn,
  pictureView,
  questionInput,
  questionProblem,
  typedQuestion,
} from './picture.ts'

export interface AroundSpec {
  /** Path of the page, and what its address has besides. */
  readonly here: string
  readonly hidden?: Readonly<Record<string, string>>
  /** Path of the picture as a file, without its ending; default `<here>/access`. */
  readonly file?: string
  readonly read: (input: {
    readonly question?: QuestionInput
    readonly who?: number
    readonly roles?: number
  }) => Promise<AroundAccess>
  readonly labels: NonNullable<Picture['labels']>
  /** The button of the first question, who an answer is about, and the title of the way that is not through a role. */
  readonly words: { readonly ask: Words; readonly who: Words; readonly own: Words }
}

/** @throws what is neither a denial nor a fault of the question */
export async function aroundPicture(request: ConsoleRequest, spec: AroundSpec): Promise<AroundView> {
  const { here, hidden = {}, labels, words } = spec
  const question = typedQuestion(request)
  const asked = question.action !== ''
  const open = openIn(request)
  const isOpen = (family: string): boolean => open.some((key) => key.startsWith(`${family} `))
  const limits = { ...(isOpen('who') && { who: mostWho }), ...(isOpen('roles') && { roles: 60 }) }
  const show = (access: AroundAccess, withAnswer: boolean) => ({
    picture: pictureView(
      access,
      new Set(open),
      (key) =>
        pathWith(here, {
          ...hidden,
          ...question,
          open: [...open, key].filter((one) => one !== '').join('\n'),
        }),
      labels,
    ),
    answer: withAnswer ? answerView(access, words.who, question, words.own) : undefined,
    incomplete: incompleteOf(access),
  })
  const file = (ending: string): string =>
    pathWith(`${spec.file ?? `${here}/access`}.${ending}`, { ...hidden, ...question })
  const files = {
    of: t('the picture'),
    first: undefined,
    next: undefined,
    csv: file('csv'),
    json: file('json'),
  }
  const view = { here, hidden, question, ask: words.ask, files }
  const whole = () => part(async () => show(await spec.read(limits), false))
  if (!asked) return { ...view, problem: undefined, picture: await whole() }
  try {
    const answered = async () => {
      const input = { ...limits, question: questionInput(question) }
      return show(await spec.read(input), true)
    }
    return { ...view, problem: undefined, picture: await part(answered) }
  } catch (error) {
    // A question that is not understood leaves the picture without an answer.
    return { ...view, problem: questionProblem(error), picture: await whole() }
  }
}
