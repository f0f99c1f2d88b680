// A refusal as a page of the console: the sentence, the decision behind it, and the reference by which it is found in Activity.
import { refusalPage } from '../../views/console/frame/refusal.ts'
import { decisionOf } from '../audit/decision-record.ts'
import { isProblem, Problem } from '../problem.ts'
import { statusOf } from '../web/response/error-response.ts'
import { ladderOf } from './frame/ladder.ts'
import type { ConsoleRequest } from './frame/request.ts'
import { sentence } from './frame/sentence.ts'
import { showPage } from './frame/show.ts'

/** @throws the error itself when it is none that a page explains */
export async function showRefusal(request: ConsoleRequest, error: unknown): Promise<void> {
  if (!(error instanceof Problem) || statusOf(error) >= 500 || statusOf(error) === 401) throw error
  if (error.retryAfter !== undefined) request.ctx.set('Retry-After', String(error.retryAfter))
  const decision = decisionOf(error)
  await showPage(request, {
    section: undefined,
    title: titleOf(error),
    status: statusOf(error),
    body: refusalPage({
      title: titleOf(error),
      message: sentence(error.missing?.sentence ?? error.message),
      list: lists.get(error.missing?.kind ?? ''),
      reference: request.reference,
      ladder: decision && ladderOf(decision),
    }),
  })
}

/** Pages where those that there are can be found, by the kind of what is missing (admin/missing.ts). */
const lists: ReadonlyMap<string, { readonly href: string; readonly text: string }> = new Map([
  ['person', { href: '/console/people', text: 'All people' }],
  ['group', { href: '/console/groups', text: 'All groups' }],
  ['client', { href: '/console/apps', text: 'All apps' }],
  ['request', { href: '/console/access', text: 'Access' }],
  ['policy', { href: '/console/access', text: 'Access' }],
  ['entry', { href: '/console/activity', text: 'Activity' }],
  ['reference', { href: '/console/activity', text: 'Activity' }],
  ['view', { href: '/console/activity', text: 'Activity' }],
])

function titleOf(error: Problem): string {
  if (isProblem(error, 'denied')) return 'You may not do this'
  if (isProblem(error, 'not_found')) return 'Not found'
  if (isProblem(error, 'throttled')) return 'Too many requests'
  if (isProblem(error, 'conflict', 'concurrent_modification', 'precondition_failed', 'delete_conflict'))
    return 'This was not done'
  return 'This request is not valid'
}
