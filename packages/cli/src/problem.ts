/**
 * Why a command cannot answer: one sentence to the person who typed it, exit status 2.
 *
 * The sentence may name a file that they typed. It never holds a key, a hash or what a server said.
 * @module
 */

/** A command that cannot answer. `message` is the sentence, without a full stop at the end. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

/** The system's words for the errors that a person meets with files, without the path that the system adds. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'this file may not be read';
    case 'EISDIR':
      return 'this is a directory; name the files in it';
    case 'ENOTDIR':
      return 'a part of this path is not a directory';
    case 'ENAMETOOLONG':
      return 'this name is too long';
    case 'ELOOP':
      return 'its links lead in a circle';
    default:
      return 'this file could not be read';
  }
}

/** The system's words for what stops a file from being written, as the end of a sentence. */
export function writeProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EROFS':
      return 'this disk may only be read';
    case 'EACCES':
    case 'EPERM':
      return 'this folder may not be written to';
    case 'EEXIST':
      return 'there is such a file already';
    case 'ENOENT':
      return 'there is no such folder';
    case 'ENOTDIR':
      return 'a part of this path is not a directory';
    case 'EISDIR':
      return 'this is a directory';
    case 'ENAMETOOLONG':
      return 'this name is too long';
    default:
      return 'it could not be written';
  }
}
