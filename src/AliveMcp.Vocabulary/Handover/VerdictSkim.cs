namespace AliveMcp.Vocabulary.Handover;

/// <summary>
/// Reads a packed verdict from its beginning to its end without making one: the archive takes a few facts of every minute on its way in.
/// Whatever <see cref="VerdictCodec.Unpack"/> refuses is refused here, too.
/// </summary>
public ref struct VerdictSkim
{
    private readonly ulong? _mark;
    private PackedReader _reader;
    private int _left;

    /// <exception cref="FormatException">The bytes are not a packed verdict-minute.</exception>
    public VerdictSkim(ReadOnlySpan<byte> packed)
    {
        _reader = new PackedReader(packed);
        var head = VerdictCodec.ReadHead(ref _reader);
        (_left, Regions) = (head.Regions, head.Regions);
        for (var place = 0; place < head.Regions; place++)
        {
            RegionNames.Read(ref _reader);
        }

        Plan = PlanFacts.Read(ref _reader);
        Seen = Finding.Read(ref _reader, head.HasReason);
        _mark = head.HasMark ? _reader.Fixed() : null;
    }

    /// <summary>How many regions were planned.</summary>
    public int Regions { get; }

    /// <summary>The plan, but for its regions.</summary>
    public PlanFacts Plan { get; }

    /// <summary>What the verdict says.</summary>
    public Finding Seen { get; }

    /// <summary>The entry that was read last.</summary>
    public SkimmedEntry Entry { get; private set; }

    /// <summary>Reads the next region that spoke; false behind the last one.</summary>
    /// <exception cref="FormatException">The bytes are not packed entries.</exception>
    public bool Next()
    {
        while (_left > 0)
        {
            _left--;
            if (TightEntries.Skim(ref _reader, Seen, _mark) is { } entry)
            {
                Entry = entry;
                return true;
            }
        }

        return false;
    }
}
