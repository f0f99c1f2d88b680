// The AuthZEN 1.0 endpoints and their metadata. The caller needs `decision:Evaluate` or `decision:Search` on the subjects
// concerned, or the token of a client with the scope for it (authzen-caller.ts).
import type { Context } from 'koa'
import type { Markers } from '../iam/paging.ts'
import { Problem } from '../problem.ts'
import { referenceHeader, requestIdOf } from '../web/request/request-id.ts'
import type { Route } from '../web/route.ts'
import { evaluate, explanationOf, parseEvaluation } from './authzen.ts'
import { evaluateBatch, readBatch } from './authzen-batch.ts'
import {
  type AuthzenCall,
  type AuthzenCallerPorts,
  authenticateAuthzen,
  authorizeAuthzen,
  withChallenge,
} from './authzen-caller.ts'
import { policyAction } from './authzen-names.ts'
import { type Search, searchActions, searchResources, searchSubjects } from './authzen-search.ts'
import { type FindSubject, findSubject } from './authzen-subject.ts'
import type { RecordDecision } from './decision-log.ts'
import { type Fields, jsonObject } from './input.ts'
import type { ListPrincipals, NoteAccess } from './ports.ts'

export interface AuthzenPorts extends AuthzenCallerPorts, FindSubject {
  readonly listPrincipals?: ListPrincipals | undefined
  /** Seals the tokens of search pages. */
  readonly markers: Markers
  /** Writes to the decision log, unless it is off. */
  readonly recordDecision?: RecordDecision | undefined
  readonly noteAccess?: NoteAccess | undefined
}

const largestBody = 1_048_576

export function authzenRoutes(ports: AuthzenPorts): readonly Route[] {
  const post = (path: string, run: (ctx: Context) => Promise<void>): Route => ({
    method: 'POST',
    path,
    access: 'signed',
    run: withChallenge(ports.issuer, run),
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
): Promise<{ readonly call: AuthzenCall; readonly fields: Fields }> {
  // "X-Request-ID": the caller's own id is returned in place of ours, under which the decision is on record. Not in the body,
  // because the same request has the same answer.
  ctx.set(referenceHeader, requestIdOf(ctx))
  const id = ctx.get('x-request-id')
  if (/^[\w.:-]{1,128}$/.test(id)) ctx.set('x-request-id', id)
  const call = await authenticateAuthzen(ctx, ports, largestBody)
  if (!/^application\/json\s*(?:;|$)/i.test(ctx.get('content-type')))
    throw new Problem('invalid_input', 'the body must be application/json')
  return { call, fields: jsonObject(call.body) }
}

const answering = (ports: AuthzenPorts, call: AuthzenCall) => async (fields: Fields) => {
  const question = parseEvaluation(fields)
  const { accountId } = call.caller
  const subject = await findSubject(question.subject, accountId, ports)
  const { type, id } = question.subject
  // By unique id where there is one, so that a policy cannot be avoided by another spelling of the same subject.
  const name = subject === undefined ? `${type}/${id}` : `${subject.kind}/${subject.id}`
  const arn = `arn:aws:decision::${accountId}:subject/${name}`
  await authorizeAuthzen(call, 'decision:Evaluate', arn, ports.authorize)
  const now = ports.clock()
  const answer = evaluate(question, subject, now)
  if (subject !== undefined)
    ports.noteAccess?.(subject, { action: policyAction(question.action, question.resource.type), at: now })
  const explanation = subject && (() => explanationOf(question, subject, now))
  const room = ports.recordDecision?.(call, question, answer, explanation)
  if (room !== undefined) await room
  return answer
}

const evaluation =
  (ports: AuthzenPorts) =>
  async (ctx: Context): Promise<void> => {
    const { call, fields } = await asked(ctx, ports)
    json(ctx, await answering(ports, call)(fields))
  }

const evaluations =
  (ports: AuthzenPorts) =>
  async (ctx: Context): Promise<void> => {
    const { call, fields } = await asked(ctx, ports)
    const answer = answering(ports, call)
    const batch = readBatch(fields)
    if (batch !== undefined) return json(ctx, { evaluations: await evaluateBatch(batch, answer) })
    const { evaluations: _none, options: _unused, ...one } = fields
    json(ctx, await answer(one))
  }

const search =
  (ports: AuthzenPorts, find: Search) =>
  async (ctx: Context): Promise<void> => {
    const { call, fields } = await asked(ctx, ports)
    const { accountId } = call.caller
    const arn = `arn:aws:decision::${accountId}:search`
    await authorizeAuthzen(call, 'decision:Search', arn, ports.authorize)
    json(ctx, await find(fields, { ...ports, call, accountId, now: ports.clock() }))
  }

function json(ctx: Context, value: unknown): void {
  ctx.set('cache-control', 'no-store')
  ctx.type = 'application/json'
  ctx.body = JSON.stringify(value)
}
