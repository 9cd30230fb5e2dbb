using System.Globalization;

namespace AliveMcp.Drills.Install;

/// <summary>What every process below this one has spent and holds, as the kernel counts it.</summary>
internal static class ProcessTable
{
    // USER_HZ; the kernel has promised it to programs for ever.
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds and resident MiB by name. A process without a name of its own counts to its nearest named ancestor.</summary>
    public static IReadOnlyDictionary<string, Spent> Read(IReadOnlyDictionary<int, string> names)
    {
        var all = Directory
            .EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => name!.All(char.IsAsciiDigit))
            .Select(name => TryRead(int.Parse(name!, CultureInfo.InvariantCulture)))
            .OfType<Row>()
            .ToDictionary(row => row.Id);
        return all
            .Values.Select(row => (Name: NameOf(row, all, names), Row: row))
            .Where(process => process.Name is not null)
            .GroupBy(process => process.Name!, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => new Spent(group.Sum(process => process.Row.Cpu), group.Sum(process => process.Row.MiB)),
                StringComparer.Ordinal
            );
    }

    private static string? NameOf(Row row, Dictionary<int, Row> all, IReadOnlyDictionary<int, string> names)
    {
        for (var at = row; ; at = all[at.Parent])
        {
            if (names.TryGetValue(at.Id, out var name))
            {
                return name;
            }

            if (at.Program == "postgres" && IsOurs(at, all))
            {
                return "postgres";
            }

            if (!all.ContainsKey(at.Parent))
            {
                return null;
            }
        }
    }

    private static bool IsOurs(Row row, Dictionary<int, Row> all)
    {
        for (var at = row; all.TryGetValue(at.Parent, out var parent); at = parent)
        {
            if (parent.Id == Environment.ProcessId)
            {
                return true;
            }
        }

        return false;
    }

    private static Row? TryRead(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var close = text.LastIndexOf(')');
            var program = text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..close];
            var fields = text[(close + 2)..].Split(' ');
            return new Row(
                id,
                Number(fields[1]),
                program,
                // Its own, and that of children that ended: Postgres' backends come and go.
                fields[11..15].Sum(Number) / TicksPerSecond,
                ShareMiB(id)
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return null;
        }
    }

    /// <summary>Memory that several processes share, as those of Postgres do, counts to each by its share.</summary>
    private static int ShareMiB(int id)
    {
        var line = File.ReadLines($"/proc/{id}/smaps_rollup")
            .FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return line is null ? 0 : Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;
    }

    private static int Number(string text) => (int)long.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Row(int Id, int Parent, string Program, double Cpu, int MiB);
}

/// <param name="Cpu">Seconds of CPU since its start.</param>
/// <param name="MiB">Resident.</param>
internal readonly record struct Spent(double Cpu, int MiB);
