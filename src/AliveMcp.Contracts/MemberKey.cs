namespace AliveMcp.Contracts;

/// <summary>A key that was written.</summary>
/// <param name="Head">Its first four UTF-16 units, which nearly always tell it from its neighbours: keys with other heads compare as their heads do.</param>
/// <param name="At">Where it stands: in the output when it is plain, among the decoded keys when it is not.</param>
internal readonly record struct MemberKey(ulong Head, int At, int Length, bool IsPlain)
{
    public static MemberKey Of(ReadOnlySpan<byte> plain, int at)
    {
        var head = 0UL;
        for (var unit = 0; unit < 4; unit++)
        {
            head = (head << 16) | (unit < plain.Length ? plain[unit] : 0UL);
        }

        return new MemberKey(head, at, plain.Length, IsPlain: true);
    }

    public static MemberKey Of(ReadOnlySpan<char> decoded, int at)
    {
        var head = 0UL;
        for (var unit = 0; unit < 4; unit++)
        {
            head = (head << 16) | (unit < decoded.Length ? decoded[unit] : 0UL);
        }

        return new MemberKey(head, at, decoded.Length, IsPlain: false);
    }
}
