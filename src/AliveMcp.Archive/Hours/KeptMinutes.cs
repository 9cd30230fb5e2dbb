using System.Buffers;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;

namespace AliveMcp.Archive.Hours;

/// <summary>
/// The minutes of one hour, packed: two bytes for a run of minutes that are alike and came when they were due, and the latency of each.
/// Version 2.
/// </summary>
internal static class KeptMinutes
{
    private const byte Version = 2;

    /// <summary>As many as an hour has.</summary>
    private const int Most = 60;

    /// <summary>The two low bits of a minute's head are its state.</summary>
    private const byte StateBits = 3;

    [Flags]
    private enum Head : byte
    {
        None = 0,
        Maintenance = 4,
        Latency = 8,

        /// <summary>Not at the minute before plus its weight: the place in the hour follows.</summary>
        Place = 16,

        /// <summary>Another weight than the minute before: it follows.</summary>
        Weight = 32,

        /// <summary>Another reason, step or door than the minute before: they follow.</summary>
        Finding = 64,

        /// <summary>More minutes of the same state, none of them with anything but a latency to tell: their number follows.</summary>
        Run = 128,
    }

    /// <summary>Whatever is told of a minute besides its latency is told of it alone.</summary>
    private const Head Alone = Head.Place | Head.Weight | Head.Finding;

    /// <summary>Packs minutes that all lie in one hour, in their order.</summary>
    public static byte[] Pack(IReadOnlyList<KeptMinute> minutes)
    {
        var buffer = new ArrayBufferWriter<byte>(4 + (minutes.Count * 3));
        var writer = new PackedWriter(buffer);
        writer.Byte(Version);
        var before = Start(minutes.Count == 0 ? 0 : minutes[0].Minute.Hour);
        for (var place = 0; place < minutes.Count; )
        {
            var run = RunFrom(minutes, place, before);
            var head = HeadOf(minutes[place], before);
            writer.Byte((byte)((byte)(run > 1 ? head | Head.Run : head) | (byte)minutes[place].State));
            if (run > 1)
            {
                writer.Byte((byte)run);
            }

            for (var end = place + run; place < end; place++)
            {
                Write(writer, minutes[place], head);
                before = minutes[place];
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not packed minutes.</exception>
    public static IReadOnlyList<KeptMinute> Unpack(ReadOnlySpan<byte> bytes, int hour)
    {
        var reader = new PackedReader(bytes);
        if (reader.Byte() != Version)
        {
            throw new FormatException("Packed minutes of an unknown version.");
        }

        var minutes = new List<KeptMinute>(60);
        var before = Start(hour);
        while (!reader.AtEnd)
        {
            var first = reader.Byte();
            var head = (Head)(first & ~StateBits);
            var run = head.HasFlag(Head.Run) ? reader.Byte() : 1;
            if (run + minutes.Count > Most || (run > 1 && (head & Alone) != Head.None))
            {
                throw new FormatException("Packed minutes that are more than an hour has, or not alike.");
            }

            for (; run > 0; run--)
            {
                before = Read(ref reader, before, hour, (ServerState)(first & StateBits), head);
                minutes.Add(before);
            }
        }

        return minutes;
    }

    /// <summary>How many minutes from here on one head speaks for.</summary>
    private static int RunFrom(IReadOnlyList<KeptMinute> minutes, int first, KeptMinute before)
    {
        var head = HeadOf(minutes[first], before);
        var end = first + 1;
        while (
            (head & Alone) == Head.None
            && end < minutes.Count
            && minutes[end].State == minutes[first].State
            && HeadOf(minutes[end], minutes[end - 1]) == head
        )
        {
            end++;
        }

        return end - first;
    }

    private static Head HeadOf(KeptMinute minute, KeptMinute before) =>
        (minute.Maintenance ? Head.Maintenance : Head.None)
        | (minute.LatencyMs is null ? Head.None : Head.Latency)
        | (minute.Minute == before.Minute + before.Weight ? Head.None : Head.Place)
        | (minute.Weight == before.Weight ? Head.None : Head.Weight)
        | (Finding(minute) == Finding(before) ? Head.None : Head.Finding);

    /// <summary>What stands before the first minute of an hour: nothing happened, and a minute is due at its beginning.</summary>
    private static KeptMinute Start(int hour) =>
        new()
        {
            Minute = new MinuteStamp((hour * 60) - 1),
            State = ServerState.Live,
            Why = Why.None,
            FailedAt = null,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Weight = 1,
            Maintenance = false,
            LatencyMs = null,
        };

    private static void Write(PackedWriter writer, KeptMinute minute, Head head)
    {
        if (head.HasFlag(Head.Place))
        {
            writer.Byte((byte)minute.Minute.OfHour);
        }

        if (head.HasFlag(Head.Weight))
        {
            writer.Count(minute.Weight);
        }

        if (head.HasFlag(Head.Finding))
        {
            writer.Byte((byte)minute.Why);
            writer.Byte((byte)(minute.FailedAt ?? ProbeStep.None));
            writer.Byte((byte)((byte)minute.Access | ((byte)minute.VerifiedTo << 2)));
        }

        if (minute.LatencyMs is { } latency)
        {
            writer.Count(latency);
        }
    }

    private static KeptMinute Read(ref PackedReader reader, KeptMinute before, int hour, ServerState state, Head head)
    {
        var minute = head.HasFlag(Head.Place)
            ? new MinuteStamp((hour * 60) + reader.Byte())
            : before.Minute + before.Weight;
        var weight = head.HasFlag(Head.Weight) ? reader.Count() : before.Weight;
        var finding = head.HasFlag(Head.Finding) ? ReadFinding(ref reader) : Finding(before);
        return new KeptMinute
        {
            Minute = minute,
            State = state,
            Why = finding.Why,
            FailedAt = finding.FailedAt,
            Access = finding.Access,
            VerifiedTo = finding.VerifiedTo,
            Weight = weight,
            Maintenance = head.HasFlag(Head.Maintenance),
            LatencyMs = head.HasFlag(Head.Latency) ? reader.Count() : null,
        };
    }

    private static (Why Why, ProbeStep? FailedAt, Access Access, VerifiedTo VerifiedTo) Finding(KeptMinute minute) =>
        (minute.Why, minute.FailedAt, minute.Access, minute.VerifiedTo);

    private static (Why Why, ProbeStep? FailedAt, Access Access, VerifiedTo VerifiedTo) ReadFinding(
        ref PackedReader reader
    )
    {
        var why = (Why)reader.Byte();
        var step = (ProbeStep)reader.Byte();
        var door = reader.Byte();
        return (why, step == ProbeStep.None ? null : step, (Access)(door & 3), (VerifiedTo)(door >> 2));
    }
}
