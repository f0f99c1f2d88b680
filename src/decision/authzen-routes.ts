// The AuthZEN 1.0 endpoints and their metadata. The caller signs its request like every other service, and needs
// `decision:Evaluate` or `decision:Search` on the subjects concerned.
import type { Context } from 'koa'
import type { Markers } from '../iam/paging.ts'
import { Problem } from '../problem.ts'
import type { Route } from '../web/route.ts'
import { evaluate, type PrincipalOf, parseEvaluation } from './authzen.ts'
import { evaluateBatch, readBatch } from './authzen-batch.ts'
import { type Search, searchActions, searchResources, searchSubjects } from './authzen-search.ts'
import type { RecordDecision } from './decision-log.ts'
import { type Fields, jsonObject } from './input.ts'
import type { Authorize, ListPrincipals, Signed } from './ports.ts'
import type { Authenticate } from './signed.ts'

export interface AuthzenPorts {
  readonly authenticate: Authenticate
  readonly authorize: Authorize
  readonly policiesOf: PrincipalOf
  readonly listPrincipals?: ListPrincipals | undefined
  /** Seals the tokens of search pages. */
  readonly markers: Markers
  readonly issuer: string
  /** Writes to the decision log, unless it is off. */
  readonly recordDecision?: RecordDecision | undefined
  /** Epoch seconds. */
  readonly clock: () => number
}

const largestBody = 1_048_576

export function authzenRoutes(ports: AuthzenPorts): readonly Route[] {
  const post = (path: string, run: (ctx: Context) => Promise<void>): Route => ({
    method: 'POST',
    path,
    access: 'signed',
    run,
  })
  return [
    {
      method: 'GET',
      path: '/.well-known/authzen-configuration',
      access: 'public',
      run: (ctx) => json(ctx, metadata(ports.issuer)),
    },
    post('/access/v1/evaluation', evaluation(ports)),
    post('/access/v1/evaluations', evaluations(ports)),
    post('/access/v1/search/subject', search(ports, searchSubjects)),
    post('/access/v1/search/resource', search(ports, searchResources)),
    post('/access/v1/search/action', search(ports, searchActions)),
  ]
}

/** AuthZEN 1.0, "Policy Decision Point Metadata". */
const metadata = (issuer: string) => ({
  policy_decision_point: issuer,
  access_evaluation_endpoint: `${issuer}/access/v1/evaluation`,
  access_evaluations_endpoint: `${issuer}/access/v1/evaluations`,
  search_subject_endpoint: `${issuer}/access/v1/search/subject`,
  search_resource_endpoint: `${issuer}/access/v1/search/resource`,
  search_action_endpoint: `${issuer}/access/v1/search/action`,
})

async function asked(
  ctx: Context,
  ports: AuthzenPorts,
): Promise<{ readonly signed: Signed; readonly fields: Fields }> {
  const signed = await ports.authenticate(ctx, largestBody)
  if (!/^application\/json\b/i.test(ctx.get('content-type')))
    throw new Problem('invalid_input', 'the body must be application/json')
  // "X-Request-ID": the caller's own id is returned in place of ours.
  const id = ctx.get('x-request-id')
  if (/^[\w.:-]{1,128}$/.test(id)) ctx.set('x-request-id', id)
  return { signed, fields: jsonObject(signed.body) }
}

const answering = (ports: AuthzenPorts, signed: Signed) => async (fields: Fields) => {
  const question = parseEvaluation(fields)
  const { accountId } = signed.caller
  const { type, id } = question.subject
  await ports.authorize(signed, 'decision:Evaluate', `arn:aws:decision::${accountId}:subject/${type}/${id}`)
  const answer = await evaluate(question, accountId, ports.policiesOf, ports.clock())
  ports.recordDecision?.(signed, question, answer)
  return answer
}

const evaluation =
  (ports: AuthzenPorts) =>
  async (ctx: Context): Promise<void> => {
    const { signed, fields } = await asked(ctx, ports)
    json(ctx, await answering(ports, signed)(fields))
  }

const evaluations =
  (ports: AuthzenPorts) =>
  async (ctx: Context): Promise<void> => {
    const { signed, fields } = await asked(ctx, ports)
    const answer = answering(ports, signed)
    const batch = readBatch(fields)
    if (batch !== undefined) return json(ctx, { evaluations: await evaluateBatch(batch, answer) })
    const { evaluations: _none, options: _unused, ...one } = fields
    json(ctx, await answer(one))
  }

const search =
  (ports: AuthzenPorts, find: Search) =>
  async (ctx: Context): Promise<void> => {
    const { signed, fields } = await asked(ctx, ports)
    const { accountId } = signed.caller
    await ports.authorize(signed, 'decision:Search', `arn:aws:decision::${accountId}:search`)
    json(ctx, await find(fields, { ...ports, call: signed, accountId, now: ports.clock() }))
  }

function json(ctx: Context, value: unknown): void {
  ctx.set('cache-control', 'no-store')
  ctx.type = 'application/json'
  ctx.body = JSON.stringify(value)
}
