/** Why the hub, or one of its commands, cannot do its work as things are. The message says what, where and how to mend it. */
export class StartFault extends Error {
  override readonly name = 'StartFault'
}
