// Acts that end, delete or reset something, as data. The question names what ends, and the act needs a recent sign-in.
import { z } from 'zod'
import type { Ends } from '../../../views/console/frame/confirm.ts'
import type { Section } from '../../../views/console/frame/frame.ts'
import type { Crumb } from '../../../views/console/frame/parts.ts'
import type { Words } from '../../../views/console/message.ts'
import { endingAnswer } from '../../admin/people/ending.ts'
import { askToConfirm } from './confirm.ts'
import { isFormProblem } from './form.ts'
import type { ConsoleRequest } from './request.ts'
import type { ConsoleRoute } from './route.ts'
import { sentence } from './sentence.ts'

export interface ActSpec {
  readonly section: Section
  /** Path below `/console`, with `:name` segments. */
  readonly path: string
  /** Operation of the admin API; its parameters are those of the path. */
  readonly operation: string
  /** @param name what `named` says */
  readonly title: (params: Params, name: string) => Words
  /** What people call it, where a parameter of the path is an id that nobody knows by heart. */
  readonly named?: (request: ConsoleRequest) => Promise<string>
  /** What it means, in one or two sentences. */
  readonly lead: Words
  readonly button: Words
  readonly look?: 'danger' | 'primary'
  readonly back: (params: Params, name: string) => Crumb
  /** Where to go when it is done. */
  readonly next: (params: Params) => string
  /** The operation says beforehand what ends, by this member of its query or body. */
  readonly dryRun?: 'query' | 'body'
  /** What ends, from the answer of such an operation; default that of operations on people. */
  readonly endsOf?: z.ZodType<Ends>
  readonly command: (issuer: string, params: Params) => string
}

export type Params = Readonly<Record<string, string>>

const endsOfPerson = endingAnswer.transform(({ ends }) => ends)

export const actRoutes = (specs: readonly ActSpec[]): readonly ConsoleRoute[] =>
  specs.flatMap((spec): ConsoleRoute[] => [
    ['GET', spec.path, (request) => open(request, spec)],
    ['POST', spec.path, (request) => run(request, spec)],
  ])

const namesIn = (path: string): readonly string[] =>
  path.split('/').flatMap((part) => (part.startsWith(':') ? [part.slice(1)] : []))

const paramsOf = (request: ConsoleRequest, { path }: ActSpec): Params =>
  Object.fromEntries(namesIn(path).map((name) => [name, request.param(name)]))

async function open(request: ConsoleRequest, spec: ActSpec): Promise<void> {
  if (!(await request.isFresh())) return request.signInAgain(request.ctx.path)
  await showQuestion(request, spec)
}

async function showQuestion(request: ConsoleRequest, spec: ActSpec, problem?: string): Promise<void> {
  const params = paramsOf(request, spec)
  const only = spec.dryRun && { [spec.dryRun]: { dryRun: spec.dryRun === 'query' ? 'true' : true } }
  const ends =
    only && (await request.perform(spec.operation, spec.endsOf ?? endsOfPerson, { params, ...only }))
  const name = (await spec.named?.(request)) ?? ''
  const title = spec.title(params, name)
  await askToConfirm(request, {
    section: spec.section,
    title,
    lead: spec.lead,
    crumb: spec.back(params, name),
    action: request.ctx.path,
    button: spec.button,
    look: spec.look,
    ends,
    problem,
    commands: [spec.command(request.ports.issuer, params)],
  })
}

async function run(request: ConsoleRequest, spec: ActSpec): Promise<void> {
  await request.form()
  if (!(await request.isFresh())) return request.signInAgain(request.ctx.path)
  const params = paramsOf(request, spec)
  try {
    await request.perform(spec.operation, z.unknown(), { params })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    return showQuestion(request, spec, sentence(error.message))
  }
  request.redirect(spec.next(params))
}
