// Parts of the ARN of a role, `arn:aws:iam::<account>:role/<path/><name>`, and the ARN of its sessions.

/** The account id in the ARN of a role; undefined for any other text. */
export const accountOfRole = (arn: string): string | undefined =>
  /^arn:aws[\w-]*:iam::(\d{12}):role\/[!-~]+$/.exec(arn)?.[1]

/** `arn:aws:sts::<account>:assumed-role/<role name>/<session name>`, without the path of the role. */
export const sessionArn = (
  role: { readonly accountId: string; readonly name: string },
  sessionName: string,
): string => `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`
