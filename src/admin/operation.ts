// An operation of the admin API is data: its route, IAM action, permissions and schemas in one place. Routes, authorization,
// audit entries, the OpenAPI document, docs/administer.md and the command line are made from the same table (operations.ts).
// Only `operation` makes an Operation, so that no operation can run before its input was parsed, its caller authorized and
// its precondition compared.
import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { accountOf } from '../iam/arn.ts'
import type { ContextEntry } from '../iam/authorization/caller-context.ts'
import type { Call } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import { parseInput, type RawInput } from './input.ts'
import { missingTarget } from './missing.ts'
import type { UseCases } from './use-cases.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What an operation is about, found before the caller is authorized. */
export interface Target<T> {
  /** ARN on which the action must be allowed, also when there is nothing of that name. */
  readonly arn: string
  /** Condition keys that describe the resource or the request. */
  readonly keys?: readonly ContextEntry[] | undefined
  /** Further permissions that this request needs. */
  readonly also?: readonly Permission[] | undefined
  /** Undefined: there is no such thing in the caller's account, and the answer is 404 for those who may know. */
  readonly value: T | undefined
  /** Its present version, compared with `If-Match` (RFC 9110 §13.1.1). */
  readonly version?: string | undefined
}

export type NamedTarget = Pick<Target<unknown>, 'arn' | 'keys'>

export interface Permission {
  /** Without the prefix `chancery:`. */
  readonly action: string
  readonly arn: string
  readonly keys?: readonly ContextEntry[] | undefined
}

export interface Result<A> {
  readonly answer: A
  /** Version of what was answered or changed, sent as `ETag`. */
  readonly version?: string | undefined
  /** For the audit entry of a change: what there was, and what there is now. Secrets are left out. */
  readonly before?: unknown
  readonly after?: unknown
}

export interface OperationRequest<I, T> {
  readonly call: Call
  readonly input: I
  readonly target: T
  /**
   * Call it with the version of the record inside of its compare-and-swap, so that nothing is overwritten unseen.
   * @throws Problem('precondition_failed') unless `If-Match` names this version
   */
  readonly expect: (version: string) => void
}

/** How the operation is called on the command line. */
export interface CommandRule {
  /** For instance `people list`. Path parameters follow as arguments, everything else is an option. */
  readonly words: string
  /** Members of each item that the table shows, for lists. */
  readonly columns?: readonly string[]
  /** The command is written by itself, and performs the operation. */
  readonly isOwn?: true
  /** Whether an answer has findings, for which the command ends with the exit code 1. */
  readonly hasFindings?: (answer: unknown) => boolean
}

type Members = z.ZodObject

interface Definition<P extends Members, Q extends Members, B extends Members, A extends z.ZodType, T> {
  /** The action is `chancery:<name>`. Names that begin with Get or List change nothing. */
  readonly name: string
  readonly method: Method
  /** Below `/v1/admin`, with `:name` segments. */
  readonly path: string
  /** One sentence without a full stop. */
  readonly summary: string
  /** ARN pattern, for the documentation. */
  readonly resource: string
  /** Names of the condition keys of `Target.keys`, for the documentation. */
  readonly conditionKeys?: readonly string[]
  /** Actions that some requests need besides, for the documentation. */
  readonly also?: readonly string[]
  readonly params: P
  readonly query: Q
  /** Undefined: the request has no body. */
  readonly body: B
  /** Schema of the answer; `z.undefined()`: there is none (204). */
  readonly answer: A
  /** 200 or 201; 204 when there is no answer. */
  readonly status?: 201
  /** Bytes; default 65,536. */
  readonly maxBody?: number
  /** Members that the audit entry leaves out because of their size; `before` and `after` say what they are. */
  readonly unrecorded?: readonly string[]
  readonly command: CommandRule
  /**
   * For bodies that take long to read: what the request names, authorized before `target` reads the rest (docs/attacks.md 43).
   * Undefined: the name is known only when all was read.
   */
  readonly named?: (
    use: UseCases,
    call: Call,
    input: Input<P, Q, B>,
  ) => Promise<NamedTarget | undefined> | NamedTarget | undefined
  readonly target: (use: UseCases, call: Call, input: Input<P, Q, B>) => Promise<Target<T>> | Target<T>
  readonly run: (use: UseCases, request: OperationRequest<Input<P, Q, B>, T>) => Promise<Result<z.input<A>>>
}

export type Input<P extends Members, Q extends Members, B extends Members> = z.output<P> &
  z.output<Q> &
  z.output<B>

/** @throws Problem('denied') and what authorization throws besides */
export type Authorize = (
  call: Call,
  action: string,
  resource: string,
  extra?: readonly ContextEntry[],
) => Promise<unknown>

/** What the audit entry of a request says, as far as it is known when it is written. */
export interface AuditNote {
  resource?: string
  details: Readonly<Record<string, unknown>>
}

export interface PerformRequest {
  readonly use: UseCases
  readonly authorize: Authorize
  readonly call: Call
  readonly raw: RawInput
  /** Of the header `If-Match`: versions, or `*`; undefined when there is none. */
  readonly ifMatch: readonly string[] | undefined
  readonly note: AuditNote
}

export interface Operation
  extends Pick<
    Definition<Members, Members, Members, z.ZodType, unknown>,
    'name' | 'method' | 'path' | 'summary' | 'resource' | 'params' | 'query' | 'body' | 'answer' | 'command'
  > {
  readonly conditionKeys: readonly string[]
  readonly also: readonly string[]
  readonly status: 200 | 201 | 204
  readonly maxBody: number
  /** Parses, finds, authorizes, compares the precondition and runs, in this order. @throws Problem */
  readonly perform: (request: PerformRequest) => Promise<Result<unknown>>
}

/** How the resource of an operation on one user begins, and the condition keys that `authorize` gives it. */
const oneUser = 'arn:aws:iam::<account>:user/<'
const keysOfUser = ['aws:ResourceTag', 'iam:PermissionsBoundary']

const defaultMaxBody = 65_536
/** Bytes, for requests without members in their body: clients may send `{}`. */
const emptyBody = 64

export function operation<P extends Members, Q extends Members, B extends Members, A extends z.ZodType, T>(
  given: Definition<P, Q, B, A, T>,
): Operation {
  const { name, method, path, summary, resource, params, query, body, answer, command } = given
  return {
    name,
    method,
    path: `/v1/admin${path}`,
    summary,
    resource,
    params,
    query,
    body,
    answer,
    command,
    conditionKeys: given.conditionKeys ?? (resource.startsWith(oneUser) ? keysOfUser : []),
    also: given.also ?? [],
    status: given.status ?? (answer.type === 'undefined' ? 204 : 200),
    maxBody: Object.keys(body.shape).length === 0 ? emptyBody : (given.maxBody ?? defaultMaxBody),
    async perform({ use, authorize, call, raw, ifMatch, note }) {
      const input = parseInput({ params, query, body }, raw)
      const recorded = Object.fromEntries(
        Object.entries(input).filter(([member]) => !given.unrecorded?.includes(member)),
      )
      note.details = recorded
      const named = await given.named?.(use, call, input)
      if (named !== undefined) {
        note.resource = named.arn
        await authorize(call, `chancery:${name}`, named.arn, named.keys)
      }
      const target = await given.target(use, call, input)
      note.resource = target.arn
      await authorize(call, `chancery:${name}`, target.arn, target.keys)
      await authorizeAll(authorize, call, target.also ?? [])
      if (target.value === undefined)
        throw missingTarget(path, raw.params, accountOf(call.caller), target.arn)
      const expect = expecting(ifMatch)
      if (target.version !== undefined) expect(target.version)
      const result = await given.run(use, { call, input, target: target.value, expect })
      const { before, after } = result
      note.details = {
        ...recorded,
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
      }
      return result
    },
  }
}

/** Decisions after which other requests have their turn. */
const atOnce = 100

async function authorizeAll(
  authorize: Authorize,
  call: Call,
  permissions: readonly Permission[],
): Promise<void> {
  for (const [at, { action, arn, keys }] of permissions.entries()) {
    if (at % atOnce === atOnce - 1) await setImmediate()
    await authorize(call, `chancery:${action}`, arn, keys)
  }
}

const expecting =
  (ifMatch: readonly string[] | undefined) =>
  (version: string): void => {
    if (ifMatch === undefined || ifMatch.includes('*') || ifMatch.includes(version)) return
    throw new Problem(
      'precondition_failed',
      'it was changed since it was read: read it again and repeat the change with its new ETag',
    )
  }
