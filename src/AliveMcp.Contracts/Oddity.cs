namespace AliveMcp.Contracts;

/// <summary>What in a JSON text different clients may read differently.</summary>
internal enum Oddity
{
    BigInteger,
    NumberOutOfRange,
    LoneSurrogate,
    InvalidUtf8,
    DuplicateKey,
}

/// <summary>The stable code of an oddity and the sentence that explains it.</summary>
internal static class OddityWords
{
    public static (string Code, string Sentence) Of(Oddity oddity) =>
        oddity switch
        {
            Oddity.BigInteger => (
                "integer_beyond_2_53",
                "an integer that clients which read numbers as doubles will change"
            ),
            Oddity.NumberOutOfRange => ("number_out_of_range", "a number that no double can hold"),
            Oddity.LoneSurrogate => ("lone_surrogate", "half a surrogate pair, which is no character"),
            Oddity.InvalidUtf8 => ("invalid_utf8", "bytes that are not UTF-8"),
            _ => ("duplicate_key", "the same key twice in one object; the last one was taken"),
        };
}
