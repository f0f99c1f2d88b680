// A refusal as a page of the console: the sentence, the decision behind it, and the reference by which it is found in Activity.
import { refusalPage } from '../../views/console/frame/refusal.ts'
import { fieldFault, known, sentences, t, type Words } from '../../views/console/message.ts'
import { html } from '../../views/html.ts'
import { type AuditDecision, decisionOf } from '../audit/decision-record.ts'
import { shownResource } from '../iam/authorization/shown-resource.ts'
import { isProblem, Problem } from '../problem.ts'
import { statusOf } from '../web/response/error-response.ts'
import { viewOfDecision } from './frame/decision.ts'
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
      message: messageOf(error),
      list: lists.get(error.missing?.kind ?? ''),
      reference: request.reference,
      decision: decision && viewOfDecision(forCaller(decision)),
    }),
  })
}

/** Facts of the resource, which the caller may not read. */
const ofResource = /^(?:aws|iam):ResourceTag\/|^iam:PermissionsBoundary$/i

/** Without what says that the resource exists, or what it is (docs/attacks.md 49). */
function forCaller(decision: AuditDecision): AuditDecision {
  const { action, resource, conditions, missing, nearest } = decision
  const shown = shownResource(action, resource)
  return {
    ...decision,
    resource: shown,
    conditions: conditions.map((one) => (ofResource.test(one.key) ? { ...one, seen: undefined } : one)),
    missing: missing.filter((key) => !ofResource.test(key)),
    nearest: nearest?.replaceAll(resource, shown),
  }
}

/** What is wrong with a parameter of the address is said in the words of forms, which have translations. */
const messageOf = ({ fields, missing, message }: Problem): Words =>
  fields === undefined
    ? known(sentence(missing?.sentence ?? message))
    : sentences(fields.map((one) => fieldFault(html`<code class="break">${one.field}</code>`, one.message)))

/** Pages where those that there are can be found, by the kind of what is missing (admin/missing.ts). */
const lists: ReadonlyMap<string, { readonly href: string; readonly text: Words }> = new Map([
  ['person', { href: '/console/people', text: t('All people') }],
  ['group', { href: '/console/groups', text: t('All groups') }],
  ['client', { href: '/console/apps', text: t('All apps') }],
  ['request', { href: '/console/access', text: t('Access') }],
  ['policy', { href: '/console/access', text: t('Access') }],
  ['entry', { href: '/console/activity', text: t('Activity') }],
  ['reference', { href: '/console/activity', text: t('Activity') }],
  ['view', { href: '/console/activity', text: t('Activity') }],
])

function titleOf(error: Problem): Words {
  if (isProblem(error, 'denied')) return t('You may not do this')
  if (isProblem(error, 'not_found')) return t('Not found')
  if (isProblem(error, 'throttled')) return t('Too many requests')
  if (isProblem(error, 'conflict', 'concurrent_modification', 'precondition_failed', 'delete_conflict'))
    return t('This was not done')
  return t('This request is not valid')
}
