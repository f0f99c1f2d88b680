// Forms that grant or end something need a recent sign-in: it is asked for when the form is opened. When it is too old by the time
// the form is sent, the form is shown again with what was typed, and a link that signs in again.
import { staleSentence } from '../../../views/console/frame/parts.ts'
import { Problem } from '../../problem.ts'
import type { ConsoleRequest } from './request.ts'
import type { ConsoleHandler, ConsoleRoute } from './route.ts'

export const openFresh =
  (open: ConsoleHandler): ConsoleHandler =>
  async (request) => {
    const { path, search } = request.ctx
    if (await request.isFresh()) await open(request)
    else await request.signInAgain(path + search)
  }

/** Shown at the top of a form whose sign-in has become too old. */
export const staleProblem = new Problem('denied', staleSentence)

async function again(request: ConsoleRequest): Promise<void> {
  if (!(await request.isFresh())) return request.signInAgain('/console/again')
  request.redirect('/console')
}

export const freshRoutes: readonly ConsoleRoute[] = [['GET', '/again', again]]
