namespace AliveMcp.Contracts;

/// <summary>RFC 8785 section 3.2.3: by UTF-16 code units. Duplicates keep the order in which they came.</summary>
internal sealed class MemberOrder(PooledBuffer<byte> output, PooledBuffer<char> decoded) : IComparer<Member>
{
    /// <summary>Every member comes behind the one before it.</summary>
    public bool Holds(ReadOnlySpan<Member> members)
    {
        for (var at = 1; at < members.Length; at++)
        {
            if (CompareKeys(members[at - 1], members[at]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Insertion for the few members that most objects have: the platform's sort allocates at every call.</summary>
    public void Sort(Span<Member> members)
    {
        if (members.Length > 32)
        {
            members.Sort(this);
            return;
        }

        for (var at = 1; at < members.Length; at++)
        {
            var member = members[at];
            var to = at;
            for (; to > 0 && CompareKeys(members[to - 1], member) > 0; to--)
            {
                members[to] = members[to - 1];
            }

            members[to] = member;
        }
    }

    public int CompareKeys(in Member left, in Member right) =>
        left.Key.Head != right.Key.Head ? left.Key.Head.CompareTo(right.Key.Head) : CompareWhole(left.Key, right.Key);

    public int Compare(Member left, Member right)
    {
        var byKey = CompareKeys(left, right);
        return byKey != 0 ? byKey : left.Start.CompareTo(right.Start);
    }

    public string TextOf(MemberKey key) =>
        string.Create(
            key.Length,
            (Order: this, Key: key),
            static (text, of) =>
            {
                for (var at = 0; at < text.Length; at++)
                {
                    text[at] = of.Order.Unit(of.Key, at);
                }
            }
        );

    private int CompareWhole(MemberKey left, MemberKey right)
    {
        for (var at = 0; at < left.Length && at < right.Length; at++)
        {
            var units = Unit(left, at).CompareTo(Unit(right, at));
            if (units != 0)
            {
                return units;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private char Unit(MemberKey key, int at) =>
        key.IsPlain ? (char)output.Span[key.At + at] : decoded.Span[key.At + at];
}
