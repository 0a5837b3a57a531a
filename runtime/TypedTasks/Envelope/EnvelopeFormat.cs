namespace TypedTasks.Envelopes;

/// <summary>The numbers of the envelope format. They are on the wire: none ever changes its meaning. See <c>ENVELOPE.md</c> beside this file.</summary>
internal static class EnvelopeFormat
{
    /// <summary>The version that this code writes, and the only one that it reads.</summary>
    internal const int Version = 1;

    /// <summary>The elements of the envelope array. A reader takes more, so that one can be appended.</summary>
    internal const int Elements = 6;

    /// <summary>The elements of an occurrence. A reader takes more.</summary>
    internal const int OccurrenceElements = 2;

    /// <summary>The longest text of any attribute, in bytes: an envelope is an address label, not the parcel.</summary>
    internal const int MaxAttributeLength = 4096;

    /// <summary>The most headers that a task carries.</summary>
    internal const int MaxHeaders = 64;

    /// <summary>The keys of the attributes map.</summary>
    internal static class Attributes
    {
        internal const int Key = 1;
        internal const int NotBefore = 2;
        internal const int Expires = 3;
        internal const int Deadline = 4;
        internal const int TraceParent = 5;
        internal const int TraceState = 6;
        internal const int Parent = 7;
        internal const int Headers = 8;
        internal const int Next = 9;
        internal const int Canvas = 10;
        internal const int Occurrence = 11;
    }
}
