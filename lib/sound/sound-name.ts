/** Media types and endings of recordings, as HTML's accept has them. */
export const soundTypes = "audio/*,.wav,.mp3,.m4a,.aac,.ogg,.oga,.opus,.flac,.webm,.aif,.aiff";
