using System.Buffers;
using System.Buffers.Binary;
using Npgsql;

namespace AliveMcp.Archive.Drain;

/// <summary>
/// Writes hot minutes by binary <c>COPY</c>, straight into their table: the cheapest way there is, and one that knows no conflict. A row
/// that is there already fails the whole copy.
/// </summary>
internal static class VerdictCopy
{
    private const string Into = """
        COPY archive.verdict_minute (minute, server_id, tenant_id, latency_ms, state, why, weight, maintenance, packed)
        FROM STDIN (FORMAT BINARY)
        """;

    private const short Columns = 9;

    /// <summary>Sent together; what the server takes meanwhile it already works on.</summary>
    private const int Portion = 128 * 1024;

    /// <summary>Everything of a row but its packed bytes: the count of columns, their lengths, four integers, three small ones, a truth.</summary>
    private const int Around = 2 + (Columns * 4) + (4 * 4) + (3 * 2) + 1;

    private const int Null = -1;

    /// <summary>The signature of the format, no flags, no extension.</summary>
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <exception cref="PostgresException">Class 23: a row is there already, or has no partition. Nothing of the copy stands then.</exception>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        IEnumerable<VerdictRow> rows,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync(Into, cancellationToken);
        var portion = new ArrayBufferWriter<byte>(Portion + 4096);
        portion.Write(Header);
        foreach (var row in rows)
        {
            Encode(portion, row);
            if (portion.WrittenCount >= Portion)
            {
                await copy.WriteAsync(portion.WrittenMemory, cancellationToken);
                portion.ResetWrittenCount();
            }
        }

        // The trailer: a row of -1 columns.
        BinaryPrimitives.WriteInt16BigEndian(portion.GetSpan(2), -1);
        portion.Advance(2);
        await copy.WriteAsync(portion.WrittenMemory, cancellationToken);
    }

    private static void Encode(ArrayBufferWriter<byte> portion, VerdictRow row)
    {
        var packed = row.Source.Packed!.Value.Span;
        var left = portion.GetSpan(Around + packed.Length);
        var length = left.Length;
        Put16(ref left, Columns);
        PutInteger(ref left, row.Kept.Minute.Value);
        PutInteger(ref left, row.Server.Server.Value);
        PutInteger(ref left, row.Server.Tenant.Value);
        PutLatency(ref left, row.Kept.LatencyMs);
        PutSmall(ref left, (short)row.Kept.State);
        PutSmall(ref left, (short)row.Kept.Why);
        PutSmall(ref left, (short)row.Kept.Weight);
        Put32(ref left, 1);
        left[0] = row.Kept.Maintenance ? (byte)1 : (byte)0;
        left = left[1..];
        Put32(ref left, packed.Length);
        packed.CopyTo(left);
        portion.Advance(length - left.Length + packed.Length);
    }

    private static void PutLatency(ref Span<byte> left, int? latency)
    {
        if (latency is { } known)
        {
            PutInteger(ref left, known);
        }
        else
        {
            Put32(ref left, Null);
        }
    }

    private static void PutInteger(ref Span<byte> left, int value)
    {
        Put32(ref left, 4);
        Put32(ref left, value);
    }

    private static void PutSmall(ref Span<byte> left, short value)
    {
        Put32(ref left, 2);
        Put16(ref left, value);
    }

    private static void Put32(ref Span<byte> left, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(left, value);
        left = left[4..];
    }

    private static void Put16(ref Span<byte> left, short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(left, value);
        left = left[2..];
    }
}
