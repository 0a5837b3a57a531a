namespace TypedTasks.Package.Tests;

/// <summary>What a build says when something is wrong with the packages, the compiler or a contract.</summary>
public sealed class MistakeTests(Feed feed)
{
    [Fact]
    public async Task A_mistaken_contract_is_reported_with_the_address_of_its_page()
    {
        Ran revision = await Shell.RunAsync(Repository.Root, feed.Environment, "git", "rev-parse", "HEAD");
        Assert.SkipUnless(revision.ExitCode == 0, "This is no git clone: there is no commit whose page could be named.");
        Project project = await ContractsAsync();
        await project.WriteAsync("Contract.cs", Sources.Contract.Replace("Task<string> SendAsync", "string Send", StringComparison.Ordinal));
        Ran build = (await project.BuildAsync()).FailedWith("error TT102");
        Assert.Contains($"({Feed.Address}/blob/{revision.Output.Trim()}/analyzers/rules/TT102.md)", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_of_different_versions_are_refused()
    {
        Project project = await ContractsAsync();
        string other = Path.Combine(project.Folder, "feed");
        await feed.PackAsync(other, "--no-build", "99.0.0");
        await project.EditAsync("</Project>", $"""
              <PropertyGroup><RestoreAdditionalProjectSources>{other}</RestoreAdditionalProjectSources></PropertyGroup>
              <ItemGroup><PackageReference Include="TypedTasks.Redis" Version="99.0.0" NoWarn="NU1605" /></ItemGroup>
            </Project>
            """);
        (await project.BuildAsync("-p:NoWarn=NU1605")).FailedWith("TTB001");
    }

    [Fact]
    public async Task An_old_compiler_is_named() =>
        (await (await ContractsAsync()).BuildAsync("-p:CompilerApiVersion=roslyn4.8")).FailedWith("error TTB002: The compiler of .NET SDK");

    [Fact]
    public async Task An_old_language_version_is_named() =>
        (await (await ContractsAsync()).BuildAsync("-p:LangVersion=11.0")).FailedWith("error TTB003: The code that TypedTasks generates needs C# 12");

    [Fact]
    public async Task The_oldest_language_version_that_is_allowed_compiles() => (await (await ContractsAsync()).BuildAsync("-p:LangVersion=12.0")).Succeeded();

    [Fact]
    public async Task A_project_without_the_generator_is_told_what_to_do()
    {
        Project project = await ContractsAsync();
        const string Remove = """
              <Target Name="RemoveGenerator" AfterTargets="AddTypedTasksAnalyzers" BeforeTargets="CheckTypedTasks">
                <ItemGroup><Analyzer Remove="@(Analyzer)" Condition="'%(Filename)' == 'TypedTasks.Generator'" /></ItemGroup>
              </Target>
            </Project>
            """;
        await project.EditAsync("</Project>", Remove);
        (await project.BuildAsync()).FailedWith("error TTB004: The TypedTasks generator was taken out");
        (await project.BuildAsync("-p:TypedTasksGenerator=false")).Succeeded();
    }

    private async Task<Project> ContractsAsync()
    {
        Project project = await feed.NewAsync("classlib", "Contracts", null, "TypedTasks");
        File.Delete(Path.Combine(project.Folder, "Class1.cs"));
        await project.WriteAsync("Contract.cs", Sources.Contract);
        return project;
    }
}
