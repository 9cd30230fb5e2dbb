using System.CommandLine;

namespace AliveMcp.Cli;

/// <summary>A command whose help ends with more than its options: examples and exit codes.</summary>
internal sealed class NotedCommand(string name, string description, string notes) : Command(name, description)
{
    public string Notes => notes;
}
