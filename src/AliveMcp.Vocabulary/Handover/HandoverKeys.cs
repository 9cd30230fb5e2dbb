namespace AliveMcp.Vocabulary.Handover;

/// <summary>The Redis keys that more than one room reads. All other keys of the path are private to Collector.</summary>
public static class HandoverKeys
{
    /// <summary>
    /// Hash of one minute. Fields while open: <c>r</c> region names joined by commas, <c>c</c> those that a confirmation round would add, <c>p</c>
    /// the rest of the plan packed, <c>0</c>, <c>1</c>, … packed entries, <c>f</c> 1 when an entry fails and 2 when its round was called. Once sealed <c>sealed</c> alone: the packed verdict, which holds plan and entries. Written by Collector; lives 24 h at most, sealed 5 min.
    /// </summary>
    public static string Minute(ServerId server, MinuteStamp minute) =>
        $"m:{Shard.Of(server).Tag}:{server}:{minute.Value}";

    /// <summary>Sorted set, the shard's log of sealed minutes: members <see cref="LogEntry"/>, score the shard's sequence number. Trimmed behind both readers, or after 24 h.</summary>
    public static string Log(Shard shard) => $"sealed:{shard.Tag}";

    /// <summary>Counter: the sequence number of the log's newest member.</summary>
    public static string Sequence(Shard shard) => $"seq:{shard.Tag}";

    /// <summary>String: a random name given when the shard's log began. Another name than remembered means that Redis was lost: read from 0.</summary>
    public static string Epoch(Shard shard) => $"epoch:{shard.Tag}";

    /// <summary>Hash <c>hot</c>: <c>a</c>/<c>am</c> newest sealed minute and its stamp, <c>b</c>/<c>bm</c> the one before, <c>k</c>/<c>km</c> the newest that was not unknown, <c>p</c> the newest opened minute and its weight, <c>w</c> until when the server asked us to wait, milliseconds since 1970.</summary>
    public static string Hot(ServerId server) => $"hot:{Shard.Of(server).Tag}:{server}";

    /// <summary>The field of <see cref="Hot"/> that says until when the server asked us to wait.</summary>
    public const string HotPause = "w";

    /// <summary>Pub/sub channel on which a sealing collector names the shard, so that readers need not wait for their poll.</summary>
    public const string SealedChannel = "sealed";

    /// <summary>Member of queue and due set, and how a member of the log begins.</summary>
    public static string Member(ServerId server, MinuteStamp minute) => $"{server}:{minute.Value}";

    public static bool TryParseMember(string? member, out ServerId server, out MinuteStamp minute)
    {
        server = default;
        minute = default;
        var colon = member?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (
            colon <= 0
            || !int.TryParse(member.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !int.TryParse(member.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
        {
            return false;
        }

        server = new ServerId(number);
        minute = new MinuteStamp(count);
        return true;
    }
}
