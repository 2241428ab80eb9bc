declare module 'sax' {
  interface Tag {
    readonly name: string
    readonly attributes: Readonly<Record<string, string>>
  }
  interface Parser {
    error: Error | null
    onerror: (fault: Error) => void
    onopentag: (tag: Tag) => void
    onclosetag: (name: string) => void
    ondoctype: () => void
    onprocessinginstruction: () => void
    onopencdata: () => void
    write(text: string): Parser
    close(): Parser
  }
  const sax: {
    /** Longest part of a document that is kept, in characters. */
    MAX_BUFFER_LENGTH: number
    parser(strict: boolean, options: { readonly strictEntities: boolean }): Parser
  }
  export default sax
}
