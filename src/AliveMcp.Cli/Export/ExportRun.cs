using System.Globalization;
using AliveMcp.Cli.Install;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Export;

/// <summary>Asks what there is, takes what is not there yet, and proves each file before it gets its name.</summary>
internal static class ExportRun
{
    /// <returns>The exit code, see <see cref="ExitCodes"/>.</returns>
    /// <exception cref="CallFailedException">It cannot be done; what was taken stays.</exception>
    public static async Task<int> RunAsync(
        ExportArguments arguments,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var token = await InstallPlace.TokenAsync(arguments.TokenFile, cancellationToken);
        using var install = new InstallClient(arguments.Url, token);
        var contents = await install.AskAsync(
            HttpMethod.Get,
            "/api/v1/export/contents",
            null,
            ExportJson.Default.ExportContents,
            cancellationToken
        );
        try
        {
            Directory.CreateDirectory(arguments.Folder);
            foreach (var month in (string?[])[null, .. contents.Months])
            {
                var line = await TakeAsync(arguments, install, month, cancellationToken);
                await terminal.Out.WriteLineAsync(line);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CallFailedException(
                ExitCodes.NoInput,
                $"{SafeText.Of(arguments.Folder)} cannot be written: {SafeText.Of(fault.Message)}"
            );
        }

        return ExitCodes.Fine;
    }

    private static async Task<string> TakeAsync(
        ExportArguments arguments,
        InstallClient install,
        string? month,
        CancellationToken cancellationToken
    )
    {
        var name = $"alivemcp-{Month(month)}.{(arguments.IsCsv ? "zip" : "ndjson")}";
        var path = Path.Combine(arguments.Folder, name);
        if (await ExportedFile.CheckAsync(path, arguments.IsCsv, cancellationToken) is { } held && IsOver(held))
        {
            return Line(name, held) + " (held)";
        }

        var part = path + ".part";
        var query = $"format={(arguments.IsCsv ? "csv" : "ndjson")}{(month is null ? "" : $"&month={month}")}";
        await install.SaveAsync($"/api/v1/export?{query}", part, cancellationToken);
        var taken =
            await ExportedFile.CheckAsync(part, arguments.IsCsv, cancellationToken)
            ?? throw new CallFailedException(
                ExitCodes.Unavailable,
                $"{name} broke off. Run the command again: what is there already is kept."
            );
        File.Move(part, path, overwrite: true);
        return Line(name, taken);
    }

    /// <summary>Nothing is written into a month a day after its end.</summary>
    private static bool IsOver(ExportedManifest manifest) =>
        manifest.Month is { } month
        && DateTimeOffset.TryParseExact(
            month + "-01Z",
            "yyyy-MM-ddK",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal,
            out var first
        )
        && manifest.TakenAt > first.AddMonths(1).AddDays(1);

    /// <summary>Of what the install says only year and month become part of a name.</summary>
    private static string Month(string? month) =>
        month is null ? "settings"
        : month.Length == 7 && month.All(letter => char.IsAsciiDigit(letter) || letter == '-') ? month
        : throw new CallFailedException(ExitCodes.Unavailable, "The install names a month that is none.");

    private static string Line(string name, ExportedManifest manifest) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {string.Join(", ", manifest.Surfaces.Select(surface => $"{SafeText.Of(surface.Name, 40)} {surface.Rows}"))}"
        );
}
