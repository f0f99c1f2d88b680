// The implementation of one AWS action: typed input, plain result. The tables are iam.ts and sts.ts; query.ts reads the form and
// xml.ts writes the response.
import type { Call } from '../iam/caller.ts'

/** The caller and the circumstances of a request. */
export type AwsCall = Call

/** Members with AWS's names, validated against the service model: required members, lengths, patterns, ranges and enums. */
export type AwsInput = Readonly<Record<string, unknown>>

/** Members with AWS's names. A Date is a timestamp, a Uint8Array a blob; undefined members are not written. */
export type AwsOutput = object

/**
 * The implementation of one action.
 * @throws Problem
 */
export type AwsAction = (input: AwsInput, call: AwsCall) => Promise<AwsOutput>

export type AwsActions = ReadonlyMap<string, AwsAction>

/**
 * A command input of the AWS SDK after validation. The SDK's types allow `undefined` for required members; this type does not.
 */
export type Checked<Input> = {
  readonly [Member in keyof Input]: object extends Pick<Input, Member>
    ? Input[Member]
    : NonNullable<Input[Member]>
}

/** A row of a table of actions. `query.ts` has validated the input against the service model, so it has the SDK's type. */
export const action = <Input extends object>(
  name: string,
  run: (input: Checked<Input>, call: AwsCall) => Promise<AwsOutput>,
): readonly [string, AwsAction] => [name, (input, call) => run(input as Checked<Input>, call)]
