// A change of somebody's access: a policy attached or detached, a group joined or left. Who gains and who loses is shown before it
// is made. The same for every page that has a form for such a change.
import {
  type AccessReview,
  accessReview,
  type ChangedHolder,
} from '../../../views/console/access/access-review.ts'
import type { Section } from '../../../views/console/frame/frame.ts'
import type { Crumb } from '../../../views/console/frame/parts.ts'
import { known, t, type Words } from '../../../views/console/message.ts'
import { takeOut } from '../../../views/console/people/people.ts'
import type { AccessChange as Documents } from '../../iam/access/read-attachment.ts'
import { comparisonOf } from '../../iam/policy-document/document-comparison.ts'
import { isProblem, Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { askToConfirm } from '../frame/confirm.ts'
import { isFormProblem } from '../frame/form.ts'
import { openFresh } from '../frame/fresh.ts'
import { pathWith } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { problemText } from '../frame/sentence.ts'
import { changesAccess, comparedAttachment } from './policy-review.ts'

export interface AccessChange {
  /** The question, such as `Attach docs-read to the person ada?`. */
  readonly title: Words
  readonly holder: ChangedHolder
  readonly verb: 'attach' | 'detach' | 'join' | 'leave'
  /** What the form has sent, to be sent again. */
  readonly fields: Readonly<Record<string, string>>
  /** @throws Problem('denied'), Problem('not_found') */
  readonly documents: () => Promise<Documents>
  /** @throws Problem */
  readonly make: () => Promise<unknown>
  readonly command: string
}

/** A page with a form that changes access. */
export interface ChangePage {
  /** Below `/console`: GET asks, POST changes. */
  readonly path: string
  readonly section: Section
  /** What the form or the address says. @throws Problem */
  readonly changeOf: (request: ConsoleRequest, form: Form) => Promise<AccessChange>
  /** The page that has the form. */
  readonly back: (request: ConsoleRequest, form: Form) => Crumb
  /** Shows that page, with what is wrong. */
  readonly show: (request: ConsoleRequest, problem: Problem, form: Form) => Promise<void>
}

/** What was typed into the form of a page, and why nothing was changed. */
export interface Wrong {
  readonly typed: string
  readonly problem: Words
}

/** @param name of the field */
export const wrongIn = (form: Form, name: string, problem: Problem): Wrong => ({
  typed: form.get(name) ?? '',
  problem: known(problemText(problem)),
})

const nothingTyped = {
  user: 'name a person',
  group: 'name a group',
  role: 'name a role',
  policy: 'name a policy',
} as const

/**
 * The name in a field of such a form.
 * @param field of the form
 * @throws Problem('validation') when nothing was typed
 */
export function typedName(form: Form, field: string, kind: keyof typeof nothingTyped): string {
  const name = (form.get(field) ?? '').trim()
  if (name === '') throw new Problem('validation', nothingTyped[kind])
  return name
}

const buttons = { attach: t('Attach'), detach: t('Detach'), join: t('Add'), leave: takeOut() } as const

const adds = ({ verb }: AccessChange): boolean => verb === 'attach' || verb === 'join'

export const accessChangeRoutes = (page: ChangePage): readonly ConsoleRoute[] => [
  ['GET', page.path, openFresh((request) => review(request, page))],
  ['POST', page.path, (request) => submit(request, page)],
]

/** Done at once when nobody gains or loses, and otherwise after a look at who does. */
async function submit(request: ConsoleRequest, page: ChangePage): Promise<void> {
  const form = await request.form()
  const back = page.back(request, form)
  if (!(await request.isFresh())) return request.signInAgain(back.href)
  try {
    const change = await page.changeOf(request, form)
    const review = await reviewOf(change)
    if (review.mustBeSeen && form.get('reviewed') !== review.token)
      return request.redirect(pathWith(request.ctx.path, change.fields))
    await change.make()
    request.redirect(`${back.href}${back.href.includes('?') ? '&' : '?'}done=${change.verb}`)
  } catch (error) {
    return again(request, error, page, form)
  }
}

async function review(request: ConsoleRequest, page: ChangePage): Promise<void> {
  const { query } = request
  try {
    const change = await page.changeOf(request, query)
    await showReview(request, page, change, await reviewOf(change))
  } catch (error) {
    return again(request, error, page, query)
  }
}

function again(request: ConsoleRequest, error: unknown, page: ChangePage, form: Form): Promise<void> {
  if (!isFormProblem(error) && !isProblem(error, 'not_found')) throw error
  return page.show(request, error, form)
}

interface Review {
  readonly shown: AccessReview
  /** Names what is shown, so that it is asked for again when it changed meanwhile. */
  readonly token: string
  readonly mustBeSeen: boolean
}

/** @throws Problem('not_found') */
async function reviewOf({ documents }: AccessChange): Promise<Review> {
  const found = await part(documents)
  // A person who may not simulate policies sees that there is no comparison, and confirms that once.
  if ('denied' in found) return { shown: found, token: 'not compared', mustBeSeen: true }
  const { before, after, bounded, members } = found.value
  const compared = await comparedAttachment(before, after)
  return {
    shown: { compared, bounded, members },
    token: comparisonOf(JSON.stringify(before), JSON.stringify(after)),
    mustBeSeen: changesAccess(compared),
  }
}

function showReview(
  request: ConsoleRequest,
  page: ChangePage,
  change: AccessChange,
  { shown, token }: Review,
): Promise<void> {
  return askToConfirm(request, {
    section: page.section,
    title: change.title,
    lead: t('Nothing has changed yet. Check who gains access and who loses it.'),
    crumb: page.back(request, request.query),
    action: request.ctx.path,
    review: accessReview({ ...shown, holder: change.holder }),
    hidden: { ...change.fields, reviewed: token },
    button: buttons[change.verb],
    look: adds(change) ? 'primary' : 'danger',
    commands: [change.command],
  })
}
