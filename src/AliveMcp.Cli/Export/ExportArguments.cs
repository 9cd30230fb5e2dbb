namespace AliveMcp.Cli.Export;

/// <summary>What <c>alivemcp export data</c> was asked.</summary>
/// <param name="Folder">Where the files go.</param>
/// <param name="IsCsv">Tables instead of lines.</param>
/// <param name="Url">Where the install answers, without path.</param>
/// <param name="TokenFile">Where its token stands.</param>
internal sealed record ExportArguments(string Folder, bool IsCsv, Uri Url, string TokenFile);
