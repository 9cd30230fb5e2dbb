using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AliveMcp.Prober.Cell;

namespace AliveMcp.Prober.Supervisor;

/// <summary>How a cell is started: this executable again, with as little of our environment as it needs, above all no token.</summary>
internal static class CellStart
{
    private static readonly string[] Passed =
    [
        "PATH",
        "HOME",
        "TMPDIR",
        "TZ",
        "LANG",
        "LC_",
        "SSL_CERT_",
        "RES_OPTIONS",
        "LOCALDOMAIN",
        "DOTNET_",
        "Egress__",
        "Prober__SourceAddress",
    ];

    /// <param name="mebibytes">Memory that it may have.</param>
    public static ProcessStartInfo Make(int mebibytes)
    {
        var start = new ProcessStartInfo
        {
            FileName = Environment.ProcessPath ?? "dotnet",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Started through the runtime's own program (and not as one file that holds it), it needs to be told what to run.
        if (typeof(CellStart).Assembly.Location is { Length: > 0 } assembly)
        {
            start.FileName = Dotnet();
            start.ArgumentList.Add(assembly);
        }

        start.ArgumentList.Add(CellProgram.Word);
        Clothe(start.Environment, mebibytes);
        return start;
    }

    private static void Clothe(IDictionary<string, string?> environment, int mebibytes)
    {
        environment.Clear();
        foreach (var (name, value) in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(Pair))
        {
            if (Array.Exists(Passed, passed => name.StartsWith(passed, StringComparison.OrdinalIgnoreCase)))
            {
                environment[name] = value;
            }
        }

        environment[CellProgram.Parent] = Number(Environment.ProcessId);
        environment[CellProgram.Memory] = Number(mebibytes);
        environment["DOTNET_GCHeapHardLimit"] = (mebibytes * 1024L * 1024).ToString("x", CultureInfo.InvariantCulture);
        // No door for debuggers, which would also be a file and a thread more for each cell.
        environment["DOTNET_EnableDiagnostics"] = "0";
    }

    private static string Dotnet()
    {
        var ours = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(ours) ? ours : "dotnet";
    }

    private static (string Name, string? Value) Pair(DictionaryEntry variable) =>
        ((string)variable.Key, (string?)variable.Value);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
