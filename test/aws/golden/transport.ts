// Two ways to make a call: over the wire, where the answer is kept as it was sent, and through botocore, which parses it by its model.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { type ServiceName, serviceModel } from '../../../src/aws/model.ts'
import { call as callWire, element, type Params } from '../../support/aws-call.ts'
import { found } from '../../support/waiting.ts'

export interface Caller {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}
export type Input = Readonly<Record<string, unknown>>

export interface Answer {
  readonly status: number
  /** XML on the wire; the parsed answer as JSON through botocore. */
  readonly body: string
  /** The first value with this name, at any depth; empty when there is none. */
  readonly value: (name: string) => string
}

export type Transport = (action: string, input: Input, caller: Caller) => Promise<Answer>

/** Calls until the answer is ready. */
export const until = (call: () => Promise<Answer>, isReady: (answer: Answer) => boolean): Promise<Answer> =>
  found('the answer is ready', async () => {
    const answer = await call()
    return isReady(answer) ? answer : undefined
  })

export const serviceOf = (action: string): ServiceName =>
  serviceModel('sts').actions.has(action) ? 'sts' : 'iam'

/** The parameters of the AWS Query protocol: `Tags.member.1.Key=…`. */
export function formOf(input: unknown, name = ''): Params {
  const join = (part: string) => (name === '' ? part : `${name}.${part}`)
  if (Array.isArray(input))
    return Object.assign({}, ...input.map((item, n) => formOf(item, join(`member.${n + 1}`))))
  if (typeof input === 'object' && input !== null)
    return Object.assign({}, ...Object.entries(input).map(([key, value]) => formOf(value, join(key))))
  return { [name]: String(input) }
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** AssumeRoleWithSAML and its kin are authenticated by what they carry. */
export const isUnsigned = (action: string): boolean => action.startsWith('AssumeRoleWith')

export const wire =
  (url: string): Transport =>
  async (action, input, caller) => {
    const by = isUnsigned(action) ? undefined : caller
    const { status, text } = await callWire(url, by, serviceOf(action), action, formOf(input))
    return { status, body: text, value: (name) => unescaped(element(text, name) ?? '') }
  }

export interface Botocore {
  readonly call: Transport
  /** Operations of its models. */
  readonly operations: Readonly<Record<ServiceName, readonly string[]>>
  /** Members that an answer has and its model does not, or lacks and must have. */
  readonly faults: readonly string[]
  close(): void
}

interface Line {
  readonly status: number
  readonly body: unknown
  readonly faults: readonly string[]
}

/** Starts Python, which makes one call after the other. */
export async function startBotocore(url: string): Promise<Botocore> {
  const child = spawn('python3', [new URL('round-trip.py', import.meta.url).pathname, url], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], AWS_DEFAULT_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' },
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(errors)
    return JSON.parse(value)
  }
  const operations = (await next()) as Botocore['operations']
  const faults: string[] = []
  return {
    operations,
    faults,
    async call(action, input, caller) {
      child.stdin.write(`${JSON.stringify({ service: serviceOf(action), action, input, caller })}\n`)
      const line = (await next()) as Line
      faults.push(...line.faults.map((fault) => `${action}: ${fault}`))
      return { ...line, body: JSON.stringify(line.body), value: (name) => valueIn(line.body, name) ?? '' }
    },
    close: () => child.stdin.end(),
  }
}

function valueIn(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  for (const [key, value] of Object.entries(body)) {
    const found = key === name && typeof value !== 'object' ? String(value) : valueIn(value, name)
    if (found !== undefined) return found
  }
  return undefined
}
