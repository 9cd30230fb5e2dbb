namespace AliveMcp.Vocabulary.Handover;

internal static class Versions
{
    public static void Expect(byte actual, byte expected, string what)
    {
        if (actual != expected)
        {
            throw new FormatException($"A packed {what} has version {actual}; this program reads version {expected}.");
        }
    }
}
