// The question before an act, in the frame of the console. A refusal of the act is shown on the same page.
import { confirmPage } from '../../../views/console/frame/confirm.ts'
import type { ConsoleRequest } from './request.ts'
import { type ConsoleView, showPage } from './show.ts'

type ConfirmView = Parameters<typeof confirmPage>[0]

interface Question
  extends Omit<ConfirmView, 'target' | 'look' | 'ends' | 'problem'>,
    Pick<ConsoleView, 'section'> {
  /** Where its form goes. */
  readonly action: string
  /** Default `danger`. */
  readonly look?: ConfirmView['look'] | undefined
  readonly ends?: ConfirmView['ends']
  /** Why the act was refused. */
  readonly problem?: ConfirmView['problem']
}

export function askToConfirm(request: ConsoleRequest, question: Question): Promise<void> {
  const { section, action, look = 'danger', ends, problem, ...view } = question
  return showPage(request, {
    section,
    title: view.title,
    status: problem === undefined ? 200 : 422,
    body: confirmPage({ ...view, target: { action, token: request.token }, look, ends, problem }),
  })
}
