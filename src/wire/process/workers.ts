// Questions of the primary process to its workers: what their metrics are, and to reload the configuration.
import type { Worker } from 'node:cluster'

interface Question {
  readonly ask: string
  readonly id: number
}
interface Answer {
  readonly answerTo: number
  readonly value: unknown
}

/** What a worker does for each question; it answers with what the function resolves to. */
export type Answers = Readonly<Record<string, () => Promise<unknown>>>

/** In a worker: answers the primary's questions. */
export function answerPrimary(answers: Answers): void {
  process.on('message', (message: unknown) => {
    if (!isQuestion(message)) return
    const { id: answerTo, ask } = message
    const reply = (value: unknown) => process.send?.({ answerTo, value } satisfies Answer)
    // A failed answer counts as none, as that of a worker that has ended does.
    answers[ask]?.().then(reply, () => reply(undefined))
  })
}

let lastQuestion = 0

/**
 * In the primary: asks every worker at once.
 * @param ms milliseconds after which those that have not answered are left out
 */
export async function askWorkers(
  workers: readonly Worker[],
  ask: string,
  ms: number,
): Promise<readonly unknown[]> {
  const answers = await Promise.all(workers.map((worker) => askWorker(worker, ask, ms)))
  return answers.filter((answer) => answer !== undefined)
}

function askWorker(worker: Worker, ask: string, ms: number): Promise<unknown> {
  const id = ++lastQuestion
  return new Promise((done) => {
    const end = (value: unknown) => {
      clearTimeout(timer)
      worker.off('message', hear)
      worker.off('exit', gone)
      done(value)
    }
    const hear = (message: unknown) => {
      if (isAnswer(message) && message.answerTo === id) end(message.value)
    }
    const gone = () => end(undefined)
    const timer = setTimeout(gone, ms)
    worker.on('message', hear).once('exit', gone)
    worker.send({ ask, id } satisfies Question, (error) => error && gone())
  })
}

const isObject = (message: unknown): message is object => typeof message === 'object' && message !== null
const isQuestion = (message: unknown): message is Question =>
  isObject(message) && 'ask' in message && 'id' in message
const isAnswer = (message: unknown): message is Answer => isObject(message) && 'answerTo' in message
