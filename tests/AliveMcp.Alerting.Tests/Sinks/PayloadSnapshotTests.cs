using System.Runtime.CompilerServices;

namespace AliveMcp.Alerting.Tests.Sinks;

/// <summary>What leaves is a public format: a difference here is a decision. ALIVEMCP_WRITE_DOCS=1 writes the files anew.</summary>
public sealed class PayloadSnapshotTests
{
    public static TheoryData<string> Names => [.. SampleMessages.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_payload_reads_as_it_was_decided(string name)
    {
        foreach (var (file, text) in Rendered.Of(SampleMessages.All[name]))
        {
            var path = Path.Combine(Folder(), $"{name}.{file}");
            if (Environment.GetEnvironmentVariable("ALIVEMCP_WRITE_DOCS") == "1")
            {
                Directory.CreateDirectory(Folder());
                await File.WriteAllTextAsync(path, text);
            }

            Assert.Equal(await File.ReadAllTextAsync(path), text, ignoreLineEndingDifferences: true);
        }
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Payloads");
}
