// The implementation of one AWS action: typed input, plain result. The tables are iam.ts and sts.ts; query.ts reads the form and
// xml.ts writes the response.
import type { Call } from '../iam/caller.ts'

/** Who calls, and the facts of the request. */
export type AwsCall = Call

/** Members with AWS's names; already checked against the service model for required, length, pattern, range, enum. */
export type AwsInput = Readonly<Record<string, unknown>>

/** Members with AWS's names; a Date is a timestamp, a Uint8Array a blob, undefined is left out. */
export type AwsOutput = object

/**
 * One action. The table's author names the SDK's own type through `action()`.
 * @throws Problem
 */
export type AwsAction = (input: AwsInput, call: AwsCall) => Promise<AwsOutput>

export type AwsActions = ReadonlyMap<string, AwsAction>

/**
 * A command input of the AWS SDK once the codec has checked it: the SDK writes `| undefined` on required members too.
 */
export type Checked<Input> = {
  readonly [Member in keyof Input]: object extends Pick<Input, Member>
    ? Input[Member]
    : NonNullable<Input[Member]>
}

/** A row of a table: the codec has checked the input against the model, so its type is the model's. */
export const action = <Input extends object>(
  name: string,
  run: (input: Checked<Input>, call: AwsCall) => Promise<AwsOutput>,
): readonly [string, AwsAction] => [name, (input, call) => run(input as Checked<Input>, call)]
